"""How somebody reads: language, light, size of letters; plain links, without script or session."""

from collections.abc import Collection

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from nayu.kernel.appearance import TEXT_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES


@require_safe
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, code, dict(settings.LANGUAGES))


@require_safe
def choose_theme(request: HttpRequest, code: str) -> HttpResponse:
    return _remember(request, THEME_COOKIE, code, THEMES)


@require_safe
def choose_text(request: HttpRequest, code: str) -> HttpResponse:
    return _remember(request, TEXT_COOKIE, code, TEXT_SIZES)


def _remember(request: HttpRequest, cookie: str, code: str, known: Collection[str]) -> HttpResponse:
    """:raises Http404: nobody can choose that."""
    if code not in known:
        raise Http404
    back = request.GET.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if is_ours else "/")
    response.set_cookie(
        cookie,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
