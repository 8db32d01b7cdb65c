"""Villages, and who looks after them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nayu.kernel import audit, events
from nayu.kernel.errors import Refused
from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import here
from nayu.kernel.thai_order import sort_key
from nayu.places import policy
from nayu.places.events import TerritoryChanged
from nayu.places.models import Lao, Subdistrict, Territory, UrbanCommunity, Village
from nayu.places.selectors.given_addresses import UnknownSubdistrict

_LAST_MOO = 99


class BadMoo(Refused):
    sentence = _("The number of a village is between 1 and 99.")
    status = 422


class NumberTaken(Refused):
    sentence = _("This sub-district already has a village of this number, under another name.")


class UnknownVillage(Refused):
    sentence = _("No village of today has this code.")
    status = 422


class AlreadyHeld(Refused):
    sentence = _("This village, or a part of it, already belongs to your area in that time.")


class HeldByAnother(Refused):
    sentence = _(
        "Another local government holds this village in that time."
        " Where two share a village, each of them holds a part."
    )


class WholeProvince(Refused):
    sentence = _(
        "A provincial administrative organisation covers its whole province"
        " and holds no single villages."
    )


class EndsTooEarly(Refused):
    sentence = _("The end must come after the beginning.")
    status = 422


class AlreadyEnded(Refused):
    sentence = _("This has already ended; its end stays as it was recorded.")


class CommunityKnown(Refused):
    sentence = _("A community of this name is already there.")


@transaction.atomic
def number_village(
    *,
    by: Actor,
    now: datetime,
    subdistrict_code: str,
    moo: int,
    name_th: str,
    name_en: str = "",
    source: str = "",
    is_demo: bool = False,
) -> Village:
    """
    Take a village into the state's list; the same village twice is the same village.

    :raises UnknownSubdistrict: abolished, or none.
    :raises BadMoo: no such number.
    :raises NumberTaken: the number belongs to a village of another name.
    """
    require(by, policy.KEEP_VILLAGES)
    if not Subdistrict.objects.filter(code=subdistrict_code, abolished_on=None).exists():
        raise UnknownSubdistrict
    if not 1 <= moo <= _LAST_MOO:
        raise BadMoo

    village, is_new = Village.objects.get_or_create(
        code=f"{subdistrict_code}{moo:02}",
        defaults={
            "subdistrict_id": subdistrict_code,
            "moo": moo,
            "name_th": name_th.strip(),
            "name_en": name_en.strip(),
            "source": source,
            "is_demo": is_demo,
        },
    )
    if village.name_th != name_th.strip():
        raise NumberTaken
    if is_new:
        audit.record("village.numbered", by=by, now=now, on=village)
    return village


@transaction.atomic
def hold_village(
    *,
    by: Actor,
    now: datetime,
    village_code: str,
    extent: Territory.Extent = Territory.Extent.WHOLE,
    part_note: str = "",
    since: date | None = None,
    source: str = "",
    is_demo: bool = False,
) -> Territory:
    """
    The LAO in scope looks after a village, or a part of it, from a day on.

    :param since: None = as long as anybody knows.
    :raises UnknownVillage: abolished, or none.
    :raises WholeProvince: the LAO is a provincial one.
    :raises AlreadyHeld: it holds it already, from then or from a later day on.
    :raises HeldByAnother: another holds it whole, or this whole overlaps another's part.
    """
    # Locked so that of two officers the second gets a sentence.
    lao = Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.KEEP_TERRITORY)
    if lao.kind is Lao.Kind.PAO:
        raise WholeProvince
    _must_be_free(village_code, since)

    territory = Territory(
        village_id=village_code,
        extent=extent,
        part_note=part_note if extent == Territory.Extent.PART else "",
        valid_from=since,
        source=source,
        is_demo=is_demo,
    )
    _insert(territory)

    audit.record("village.held", by=by, now=now, on=territory)
    events.announce(TerritoryChanged(lao_id=lao.pk, village_code=village_code))
    return territory


def _must_be_free(village_code: str, since: date | None) -> None:
    if not Village.objects.filter(code=village_code, abolished_on=None).exists():
        raise UnknownVillage
    ours = Territory.objects.filter(village_id=village_code)
    if since is not None:
        ours = ours.filter(Q(valid_to=None) | Q(valid_to__gt=since))
    if ours.exists():
        raise AlreadyHeld


def _insert(territory: Territory) -> None:
    # Other LAOs' rows cannot be seen from here; only the database knows both.
    try:
        with transaction.atomic():
            territory.save(force_insert=True)
    except IntegrityError as error:
        if "places_territory_no_overlap" in str(error):
            raise HeldByAnother from error
        raise


@transaction.atomic
def let_go_of_village(*, by: Actor, now: datetime, territory_id: UUID, until: date) -> Territory:
    """
    The LAO in scope looks after it until before a day; the past stays as it was.

    :raises AlreadyEnded: an end is recorded.
    :raises EndsTooEarly: not after its beginning.
    """
    territory = Territory.objects.select_for_update(of=("self",)).get(pk=territory_id)
    require(by, policy.KEEP_TERRITORY)
    if territory.valid_to is not None:
        raise AlreadyEnded
    if territory.valid_from is not None and until <= territory.valid_from:
        raise EndsTooEarly

    territory.valid_to = until
    territory.save(update_fields=["valid_to"])

    audit.record("village.let_go", by=by, now=now, on=territory, fields=["valid_to"])
    events.announce(TerritoryChanged(lao_id=here(), village_code=territory.village_id))
    return territory


@dataclass(frozen=True, slots=True)
class CommunityFacts:
    """``since``: None = as long as anybody knows."""

    name_th: str
    subdistrict_code: str
    name_en: str = ""
    village_code: str | None = None
    since: date | None = None
    source: str = ""
    is_demo: bool = False


@transaction.atomic
def found_community(*, by: Actor, now: datetime, facts: CommunityFacts) -> UrbanCommunity:
    """
    :raises UnknownSubdistrict: abolished, or none.
    :raises UnknownVillage: abolished, none, or in another sub-district.
    :raises CommunityKnown: the LAO has one of this name.
    """
    Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.KEEP_TERRITORY)
    name_th, code = facts.name_th.strip(), facts.subdistrict_code
    if not Subdistrict.objects.filter(code=code, abolished_on=None).exists():
        raise UnknownSubdistrict
    villages = Village.objects.filter(subdistrict_id=code, abolished_on=None)
    if facts.village_code is not None and not villages.filter(code=facts.village_code).exists():
        raise UnknownVillage
    if UrbanCommunity.objects.filter(name_th=name_th, valid_to=None).exists():
        raise CommunityKnown

    community = UrbanCommunity.objects.create(
        name_th=name_th,
        name_en=facts.name_en.strip(),
        sort_key=sort_key(name_th),
        subdistrict_id=code,
        village_id=facts.village_code,
        valid_from=facts.since,
        source=facts.source,
        is_demo=facts.is_demo,
    )

    audit.record("community.founded", by=by, now=now, on=community)
    return community
