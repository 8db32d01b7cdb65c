"""Taking a local government into this installation."""

import re
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nayu.kernel import audit
from nayu.kernel.errors import Refused
from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import scope
from nayu.places import policy
from nayu.places.models import Lao
from nayu.places.selectors.laos import forget_hosts

_CODE = re.compile(r"[0-9]{8}")
#: Labels of letters, digits and inner hyphens (RFC 1123); Thai names come in their xn-- spelling.
_HOST = re.compile(
    r"(?!.{254})[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
_LONGEST_NAME = 120


class BadCode(Refused):
    sentence = _(
        "The code of a local government has eight digits and begins with its type: 02 to 06."
    )
    status = 422


class BadHost(Refused):
    sentence = _("The host is a name such as pakphun.example, without a port and without spaces.")
    status = 422


class BadName(Refused):
    sentence = _(
        "A local government needs its name in Thai and in English, each of at most 120 characters."
    )
    status = 422


class CodeTaken(Refused):
    sentence = _("Another local government of this installation already has this code.")


class HostTaken(Refused):
    sentence = _("Another local government of this installation already answers at this host.")


@transaction.atomic
def create_lao(
    *, code: str, name_th: str, name_en: str, host: str, by: Actor, now: datetime
) -> Lao:
    """
    Take a local government into this installation.

    :param host: the name at which it will answer; upper case becomes lower case.
    :raises BadCode: not eight ASCII digits of a known type.
    :raises BadHost: not a host name.
    :raises BadName: a name is empty, too long or holds control characters.
    :raises CodeTaken: of two at the same time, the second.
    :raises HostTaken: likewise.
    """
    require(by, policy.CREATE_LAO)
    host = host.strip().lower()
    name_th, name_en = name_th.strip(), name_en.strip()
    if not _CODE.fullmatch(code) or code[:2] not in Lao.Kind.values:
        raise BadCode
    if not _HOST.fullmatch(host):
        raise BadHost
    if not (_is_name(name_th) and _is_name(name_en)):
        raise BadName
    if host == settings.BASE_HOST:
        raise HostTaken

    lao = Lao(code=code, name_th=name_th, name_en=name_en, host=host)
    _insert(lao)

    with scope(lao.pk):
        audit.record("lao.created", by=by, now=now, on=lao)
    transaction.on_commit(forget_hosts)
    return lao


def _is_name(name: str) -> bool:
    return bool(name) and len(name) <= _LONGEST_NAME and name.isprintable()


def _insert(lao: Lao) -> None:
    # The unique keys decide, so that two operators at the same moment cannot both win.
    try:
        with transaction.atomic():
            lao.save(force_insert=True)
    except IntegrityError as error:
        if Lao.objects.filter(code=lao.code).exists():
            raise CodeTaken from error
        if Lao.objects.filter(host=lao.host).exists():
            raise HostTaken from error
        raise
