"""What every new LAO begins with."""

from datetime import datetime

from django.db import transaction

from nayu.kernel import audit
from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import here
from nayu.places import policy
from nayu.places.models import District, Lao, WorkingHours
from nayu.places.selectors.working_time import OFFICE_WEEK, THAILAND
from nayu.places.services.hours import seed_national_holidays, set_working_hours


@transaction.atomic
def equip_lao(*, by: Actor, now: datetime) -> None:
    """
    Give the LAO in scope its district, office hours, and the holidays of this year and the next.

    What is there already stays as it is, so it may be repeated.
    """
    lao = Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.EQUIP_LAO)

    # The third to sixth digits of its code; the code outlives districts, so there may be none.
    district = District.objects.filter(code=lao.code[2:6], abolished_on=None).first()
    if lao.district_id is None and district is not None:
        lao.district = district
        lao.save(update_fields=["district"])
    if not WorkingHours.objects.filter(facility=None).exists():
        set_working_hours(by=by, now=now, week=OFFICE_WEEK)
    this_year = now.astimezone(THAILAND).year
    for year in (this_year, this_year + 1):
        seed_national_holidays(by=by, now=now, year=year)

    audit.record("lao.equipped", by=by, now=now, on=lao)
