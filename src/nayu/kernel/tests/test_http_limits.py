"""How much may be asked of a door."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest
from django.db import connections
from django.test import Client, RequestFactory, override_settings
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from nayu.kernel.http import Allowance, LaoRequest, TooMany, client_address, limit, spend
from nayu.kernel.http.limits import LimitDeclaredTwice, bucket_key, hit
from nayu.kernel.http.models import RateBucket
from nayu.kernel.permissions import Guest
from nayu.kernel.privacy.sweeping import sweep
from tests.database import Laos

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.room.urls")]

PAK_PHUN = {"host": "pakphun.localhost", "accept-language": "en"}
WIANG_PHRAO = {"host": "wiangphrao.localhost"}
NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
THREE = Allowance(3, timedelta(minutes=30))

VILLAGE = limit("test.village", address=Allowance(100, timedelta(hours=1)), actor=THREE)
NUMBER = limit("test.number", subject=THREE)


@dataclass(frozen=True, slots=True)
class Person:
    code: str
    roles: frozenset[str] = field(default_factory=frozenset)


@pytest.fixture
def request_of() -> LaoRequest:
    request = LaoRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    request.lao = None
    request.actor = Guest()
    return request


def fill(key: str, allowance: Allowance, now: datetime) -> int:
    """How many hits fit at once."""
    count = 0
    while hit(key, allowance, now=now) is None:
        count += 1
    return count


def test_the_declared_number_fits_and_one_more_each_step() -> None:
    assert fill("k", THREE, NOON) == 3
    assert hit("k", THREE, now=NOON) == timedelta(minutes=10)
    assert hit("k", THREE, now=NOON + timedelta(minutes=10)) is None
    assert hit("k", THREE, now=NOON + timedelta(minutes=10)) == timedelta(minutes=10)
    assert fill("k", THREE, NOON + timedelta(hours=2)) == 3


def test_a_clock_set_back_locks_nobody_out_for_longer_than_one_step() -> None:
    fill("k", THREE, NOON)
    before = NOON - timedelta(hours=5)
    assert hit("k", THREE, now=before) == timedelta(minutes=10)
    assert hit("k", THREE, now=before + timedelta(minutes=10)) is None


def test_a_hit_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1, connection=connections["apart"]):
        hit("k", THREE, now=NOON)


def test_a_hit_survives_the_request_that_was_rolled_back(laos: Laos) -> None:
    del laos
    client = Client(raise_request_exception=False)
    statuses = [client.get("/knock-and-break/", headers=PAK_PHUN).status_code for _ in range(4)]
    assert statuses == [500, 500, 500, 429]


def test_the_page_says_in_words_how_long_to_wait(client: Client, laos: Laos) -> None:
    del laos
    for _ in range(3):
        assert client.get("/knock/", headers=PAK_PHUN).status_code == 200
    answer = client.get("/knock/", headers=PAK_PHUN)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert "Please wait 10 minutes and try again." in answer.text


def test_one_lao_does_not_use_up_what_another_grants(client: Client, laos: Laos) -> None:
    del laos
    for _ in range(4):
        client.get("/knock/", headers=PAK_PHUN)
    assert client.get("/knock/", headers=WIANG_PHRAO).status_code == 200


def test_a_village_behind_one_address_is_not_locked_out_by_one_person(
    request_of: LaoRequest,
) -> None:
    request_of.actor = Person("person:1")
    for _ in range(3):
        spend(request_of, VILLAGE, now=NOON)
    with pytest.raises(TooMany):
        spend(request_of, VILLAGE, now=NOON)
    request_of.actor = Person("person:2")
    spend(request_of, VILLAGE, now=NOON)


def test_a_number_is_guarded_wherever_the_guesses_come_from(request_of: LaoRequest) -> None:
    for last in range(3):
        request_of.META["REMOTE_ADDR"] = f"203.0.113.{last}"
        spend(request_of, NUMBER, now=NOON, subject="0812345678")
    request_of.META["REMOTE_ADDR"] = "203.0.113.200"
    with pytest.raises(TooMany):
        spend(request_of, NUMBER, now=NOON, subject="0812345678")
    spend(request_of, NUMBER, now=NOON, subject="0812345679")


def test_no_address_and_no_number_is_kept(request_of: LaoRequest) -> None:
    spend(request_of, VILLAGE, now=NOON)
    spend(request_of, NUMBER, now=NOON, subject="0812345678")
    kept = str(list(RateBucket.objects.values_list()))
    assert "127.0.0.1" not in kept
    assert "0812345678" not in kept


def test_parts_of_a_key_cannot_run_into_each_other() -> None:
    assert bucket_key("a", "bc") != bucket_key("ab", "c")


def test_empty_buckets_are_swept_and_full_ones_are_not() -> None:
    hit("old", THREE, now=NOON)
    hit("new", THREE, now=NOON + timedelta(days=1))
    assert sweep(now=NOON + timedelta(days=1)) == 1
    assert RateBucket.objects.get().key == "new"


def test_two_rules_cannot_share_a_name() -> None:
    with pytest.raises(LimitDeclaredTwice):
        limit("test.village")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 minute "),
        (60, "1 minute "),
        (61, "2 minutes "),
        (3600, "1 hour "),
        (9000, "3 hours "),
    ],
)
def test_the_wait_is_said_in_round_words(seconds: int, words: str) -> None:
    with translation.override("en"):
        assert words in str(TooMany(timedelta(seconds=seconds)))


@pytest.mark.parametrize(
    ("remote", "forwarded", "client_is"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "nonsense, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_our_proxies_are_believed(
    rf: RequestFactory, remote: str, forwarded: str, client_is: str
) -> None:
    request = rf.get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})
    with override_settings(TRUSTED_PROXIES=[ip_network("10.0.0.0/8")]):
        assert client_address(request) == ip_address(client_is)


def test_without_proxies_nobody_is_believed(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "1.2.3.4"})
    assert client_address(request) == ip_address("10.0.0.1")


def test_one_home_is_one_address_in_ipv6(request_of: LaoRequest) -> None:
    rule = limit("test.home", address=THREE)
    for last in range(3):
        request_of.META["REMOTE_ADDR"] = f"2001:db8:0:1::{last}"
        spend(request_of, rule, now=NOON)
    request_of.META["REMOTE_ADDR"] = "2001:db8:0:1:ffff::1"
    with pytest.raises(TooMany):
        spend(request_of, rule, now=NOON)
    request_of.META["REMOTE_ADDR"] = "2001:db8:0:2::1"
    spend(request_of, rule, now=NOON)
