"""What is kept for a while goes when the while is over, and nothing else does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from nayu.kernel.events.worker import Options, work
from nayu.kernel.http.models import GivenAnswer, RateBucket
from nayu.kernel.privacy import Keep
from nayu.kernel.privacy.declarations import declared
from nayu.kernel.privacy.sweeping import sweep
from nayu.kernel.scope import scope
from tests.database import Laos

NOON = datetime(2028, 2, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAYS_2 = timedelta(days=2)


def answer(lao_id: int, key: str, *, at: datetime) -> None:
    with scope(lao_id), transaction.atomic():
        GivenAnswer.objects.create(key=key, bound_to="", made_at=at)


def answers(lao_id: int) -> list[str]:
    with scope(lao_id), transaction.atomic():
        return sorted(GivenAnswer.objects.values_list("key", flat=True))


@pytest.mark.django_db(transaction=True)
def test_given_answers_are_kept_48_hours_in_every_lao(laos: Laos) -> None:
    for lao_id in (laos.pak_phun, laos.lom_raet):
        answer(lao_id, "over", at=NOON - DAYS_2 - HOUR)
        answer(lao_id, "young", at=NOON - DAYS_2 + HOUR)
    assert sweep(now=NOON) == 2
    assert (answers(laos.pak_phun), answers(laos.lom_raet)) == (["young"], ["young"])
    assert sweep(now=NOON) == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_worker_sweeps(laos: Laos) -> None:
    answer(laos.pak_phun, "over", at=timezone.now() - DAYS_2 - HOUR)
    work(Options(), until_idle=True)
    assert answers(laos.pak_phun) == []


def test_only_tables_that_say_so_are_swept() -> None:
    swept = {table for table, said in declared().items() if said.swept}
    assert swept == {GivenAnswer._meta.db_table, RateBucket._meta.db_table}


@pytest.mark.parametrize(
    ("keep", "bound"),
    [
        ("48h after made_at", datetime(2028, 2, 27, 12, tzinfo=UTC)),
        ("90d after made_at", datetime(2027, 12, 1, 12, tzinfo=UTC)),
        ("4y after made_at", datetime(2024, 2, 29, 12, tzinfo=UTC)),
        ("5y after made_at", datetime(2023, 2, 28, 12, tzinfo=UTC)),
    ],
)
def test_a_span_is_counted_back_from_now(keep: str, bound: datetime) -> None:
    assert Keep.read(keep).began_before(NOON) == bound
