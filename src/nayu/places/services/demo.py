"""Furnishes a place of the demonstration, through the services that serve real work."""

from datetime import datetime

from django.db import transaction

from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import here
from nayu.places import policy
from nayu.places.models import Lao, Territory
from nayu.places.services.contacts import list_contact
from nayu.places.services.demo_facts import DEMO_PLACES, DemoPlace, DemoVillage
from nayu.places.services.equipping import equip_lao
from nayu.places.services.facilities import register_facility
from nayu.places.services.profile import describe_lao, record_population
from nayu.places.services.territory import (
    CommunityFacts,
    found_community,
    hold_village,
    number_village,
)


@transaction.atomic
def furnish_demo(*, by: Actor, now: datetime) -> bool:
    """
    Describe the LAO in scope as the demonstration knows it.

    :returns: whether anything was done; not for a strange LAO, and not a second time.
    """
    lao = Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.FURNISH_DEMO)
    place = {place.host: place for place in DEMO_PLACES}.get(lao.host)
    if place is None or Territory.objects.exists():
        return False
    _furnish(place, by=by, now=now)
    return True


def _furnish(place: DemoPlace, *, by: Actor, now: datetime) -> None:
    equip_lao(by=by, now=now)
    describe_lao(by=by, now=now, profile=place.profile)
    for figure in place.figures:
        record_population(
            by=by, now=now, people=figure.people, year=figure.year, source=figure.source
        )
    for village in place.villages:
        _hold(village, by=by, now=now)
    for name_th, subdistrict_code in place.communities:
        facts = CommunityFacts(name_th, subdistrict_code, is_demo=True)
        found_community(by=by, now=now, facts=facts)
    for facility, owner in place.facilities:
        register_facility(by=by, now=now, facts=facility, owner=owner)
    for contact in place.contacts:
        list_contact(by=by, now=now, contact=contact)


def _hold(village: DemoVillage, *, by: Actor, now: datetime) -> None:
    numbered = number_village(
        by=by,
        now=now,
        subdistrict_code=village.subdistrict_code,
        moo=village.moo,
        name_th=village.name_th,
        name_en=village.name_en,
        source=village.source,
        is_demo=not village.source,
    )
    hold_village(
        by=by,
        now=now,
        village_code=numbered.code,
        extent=Territory.Extent.PART if village.part_note else Territory.Extent.WHOLE,
        part_note=village.part_note,
        source=village.source,
        is_demo=not village.source or bool(village.part_note),
    )
