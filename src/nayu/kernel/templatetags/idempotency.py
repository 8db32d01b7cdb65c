"""``{% load idempotency %}``: the hidden field that makes a form safe to send twice."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nayu.kernel.http.idempotency import FIELD, fresh_key

register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, fresh_key())
