"""
The state's map, read from the ``geothai`` package and kept as current as the package.

Run by every ``migrate`` as the owner (:mod:`nayu.places.apps`); the running program cannot write
these tables.
"""

from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q

from nayu.kernel.permissions import Actor, require
from nayu.kernel.thai_order import sort_key
from nayu.places import policy
from nayu.places.models import (
    District,
    GeographyEdition,
    PostCode,
    Province,
    Subdistrict,
    Succession,
)
from nayu.places.selectors.gazetteer import Gazetteer, ListedArea, geothai_version, read_geothai
from nayu.places.selectors.working_time import THAILAND

_OWNER = "owner"
_BATCH = 2000


@transaction.atomic(using=_OWNER)
def keep_geography_current(*, by: Actor, now: datetime, gazetteer: Gazetteer | None = None) -> bool:
    """
    Read the edition of the installed package, unless the tables hold it already.

    Nothing is deleted: an area that is missing from the new edition is abolished as of today.

    :returns: whether anything was read.
    """
    require(by, policy.KEEP_GEOGRAPHY)
    version = gazetteer.version if gazetteer else geothai_version()
    held = GeographyEdition.objects.using(_OWNER).order_by("-loaded_at").first()
    if held is not None and held.version == version:
        return False

    read = gazetteer or read_geothai()
    _write_areas(read, today=now.astimezone(THAILAND).date())
    _write_post_codes(read)
    _write_successions(read)
    GeographyEdition.objects.using(_OWNER).update_or_create(
        version=version, defaults={"loaded_at": now}
    )
    return True


def _write_areas(read: Gazetteer, *, today: date) -> None:
    _upsert(Province, [Province(**_columns(area)) for area in read.level(2)])
    _upsert(
        District,
        [District(province_id=area.code[:2], **_columns(area)) for area in read.level(4)],
    )
    _upsert(
        Subdistrict,
        [Subdistrict(district_id=area.code[:4], **_columns(area)) for area in read.level(6)],
    )
    listed = [area.code for area in read.areas]
    for model in (Province, District, Subdistrict):
        gone: models.QuerySet[models.Model] = model._base_manager.using(_OWNER).filter(
            ~Q(code__in=listed), abolished_on=None
        )
        gone.update(abolished_on=today)


def _columns(area: ListedArea) -> dict[str, str | date | None]:
    return {
        "code": area.code,
        "name_th": area.name_th,
        "name_en": area.name_en,
        "sort_key": sort_key(area.name_th),
        "abolished_on": area.abolished_on,
    }


def _upsert(model: type[models.Model], rows: list[models.Model]) -> None:
    model._base_manager.using(_OWNER).bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_th", "name_en", "sort_key", "abolished_on"],
    )


def _write_post_codes(read: Gazetteer) -> None:
    PostCode.objects.using(_OWNER).all().delete()
    PostCode.objects.using(_OWNER).bulk_create(
        [
            PostCode(subdistrict_id=area.code, code=code)
            for area in read.level(6)
            for code in area.post_codes
        ],
        batch_size=_BATCH,
    )


def _write_successions(read: Gazetteer) -> None:
    known = {area.code for area in read.areas}
    strangers = [step for step in read.successions if {step.old, step.new} - known]
    assert not strangers, f"successors that no list knows: {strangers[:3]}"
    Succession.objects.using(_OWNER).all().delete()
    Succession.objects.using(_OWNER).bulk_create(
        [
            Succession(
                old=step.old,
                new=step.new,
                basis=step.basis,
                in_force_on=step.in_force_on,
                source=step.source,
            )
            for step in read.successions
        ],
        batch_size=_BATCH,
    )
