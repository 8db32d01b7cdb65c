"""Taking a local government into the installation."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import translation

from nayu.kernel.errors import Refused
from nayu.kernel.permissions import Guest, System
from nayu.places.api import BadCode, BadHost, BadName, CodeTaken, HostTaken, Lao, create_lao
from tests.database import Laos

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
PAK_NAKHON = {
    "code": "05800108",
    "name_th": "เทศบาลตำบลปากนคร",
    "name_en": "Pak Nakhon Tambon Municipality",
    "host": "paknakhon.localhost",
}


def create(**changed: str) -> Lao:
    given: dict[str, Any] = {**PAK_NAKHON, **changed}
    return create_lao(**given, by=System("test"), now=NOON)


def test_a_local_government_is_taken_in() -> None:
    lao = create()
    lao.refresh_from_db()
    assert (lao.code, lao.host, lao.kind) == (
        "05800108",
        "paknakhon.localhost",
        Lao.Kind.TAMBON_MUN,
    )


def test_its_host_is_kept_in_lower_case() -> None:
    assert create(host=" PakNakhon.GO.TH ").host == "paknakhon.go.th"


def test_a_guest_may_not() -> None:
    with pytest.raises(PermissionDenied):
        create_lao(**PAK_NAKHON, by=Guest(), now=NOON)


@pytest.mark.parametrize("code", ["", "5800108", "058001080", "๐๕๘๐๐๑๐๘", "0580010x", "99800108"])
def test_a_code_of_another_shape_is_refused(code: str) -> None:
    with pytest.raises(BadCode):
        create(code=code)


@pytest.mark.parametrize(
    "host",
    [
        *("", "pak nakhon", "paknakhon:80", "-pak.th", "pak-.th", "a..b", "ปากนคร.ไทย", "a/b"),
        "a" * 64,
        ".".join(["abc"] * 64),
    ],
    ids=lambda host: host[:12],
)
def test_what_is_no_host_name_is_refused(host: str) -> None:
    with pytest.raises(BadHost):
        create(host=host)


@pytest.mark.parametrize("name", ["", "   ", "ก" * 121, "ปาก\0นคร", "ปาก\nนคร"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        create(name_th=name)


@pytest.mark.usefixtures("laos")
def test_a_code_is_given_once() -> None:
    with pytest.raises(CodeTaken):
        create(code="04800103")


@pytest.mark.usefixtures("laos")
@pytest.mark.parametrize("host", ["pakphun.localhost", "PAKPHUN.localhost", "localhost"])
def test_a_host_is_given_once_and_never_the_portals(host: str) -> None:
    with pytest.raises(HostTaken):
        create(host=host)


def test_a_refusal_leaves_the_transaction_usable(laos: Laos) -> None:
    with pytest.raises(CodeTaken):
        create(code="04800103")
    assert Lao.objects.filter(pk=laos.pak_phun).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins_and_one_is_told() -> None:
    def attempt(_: int) -> str:
        try:
            return create().code
        except CodeTaken as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["05800108", "CodeTaken"]


@pytest.mark.parametrize("refusal", [BadCode, BadHost, BadName, CodeTaken, HostTaken])
def test_every_refusal_has_its_thai_sentence(refusal: type[Refused]) -> None:
    with translation.override("en"):
        english = str(refusal.sentence)
    with translation.override("th"):
        assert str(refusal.sentence) != english
