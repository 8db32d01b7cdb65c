from datetime import UTC, datetime

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from nayu.kernel.permissions import System
from nayu.kernel.scope import scope
from nayu.places import panels
from nayu.places.models import Lao
from nayu.places.services.demo import furnish_demo
from tests.database import Laos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_static_files")]

#: A Thursday, ten in the morning in Thailand.
OPEN = datetime(2026, 11, 19, 3, tzinfo=UTC)
NIGHT = datetime(2026, 11, 19, 15, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def pak_phun(laos: Laos) -> Lao:
    with scope(laos.pak_phun):
        furnish_demo(by=System("demo"), now=OPEN)
    return Lao.objects.get(pk=laos.pak_phun)


@pytest.mark.parametrize(
    ("now", "says"),
    [(OPEN, "เปิดอยู่"), (NIGHT, "ปิดอยู่"), (SUNDAY, "วันนี้สำนักงานไม่เปิดทำการ")],
)
def test_the_office_says_whether_it_is_open(pak_phun: Lao, now: datetime, says: str) -> None:
    with scope(pak_phun.pk):
        assert says in panels.office(pak_phun, now=now)


def test_the_office_says_where_it_is_in_the_readers_language(pak_phun: Lao) -> None:
    with scope(pak_phun.pk):
        assert "ปากพูน" in panels.office(pak_phun, now=OPEN)
        with translation.override("en"):
            english = panels.office(pak_phun, now=OPEN)
    assert ("Moo 4" in english, "Open now" in english) == (True, True)


def test_what_is_made_up_says_so(pak_phun: Lao) -> None:
    with scope(pak_phun.pk):
        shown = panels.villages(now=OPEN)
    second, last = shown.split("<li>")[2], shown.split("<li>")[-1]
    assert ("ดอนทะเล" in second, "ตัวอย่าง" in second) == (True, False)
    assert "(ตัวอย่าง)" in last


def test_another_laos_villages_are_not_there(pak_phun: Lao, laos: Laos) -> None:
    del pak_phun
    with scope(laos.lom_raet):
        assert panels.villages(now=OPEN).strip() == ""


def test_the_panels_cost_the_same_however_much_they_show(
    pak_phun: Lao, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lao = Lao.objects.select_related("subdistrict__district__province").get(pk=pak_phun.pk)
    with scope(pak_phun.pk), django_assert_num_queries(5):
        panels.office(lao, now=OPEN)
        panels.villages(now=OPEN)
