"""The demonstration's data, without the program around it."""

from datetime import date

import pytest
from django.db.transaction import atomic

from nayu.kernel.scope import scope
from nayu.places.api import all_laos, villages_on
from nayu.places.models import Lao
from nayu.project.demo_data import fill
from nayu.project.demo_laos import DEMO_LAOS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_it_fills_every_place_once() -> None:
    # The cast of the tests stands where the demonstration wants to.
    for lao in Lao.objects.all():
        Lao.objects.filter(pk=lao.pk).update(host=f"{lao.code}.example", code=f"069999{lao.pk:02}")
    for _time in range(2):
        fill()
        counted = {}
        for lao in all_laos():
            with scope(lao.pk), atomic():
                counted[lao.host] = len(villages_on(date(2026, 11, 23)))
        assert {lao.host: counted[lao.host] for lao in DEMO_LAOS} == {
            "pakphun.localhost": 12,
            "wiangphrao.localhost": 7,
            "lomraet.localhost": 6,
        }
        assert sum(counted.values()) == 25
