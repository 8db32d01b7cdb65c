"""The host chooses the LAO."""

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nayu.places.api import Lao, forget_hosts, lao_at
from nayu.places.selectors import laos as selectors
from tests.database import Laos

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.room.urls")]


def test_each_lao_answers_at_its_own_host(laos: Laos) -> None:
    for host, lao_id in (("pakphun", laos.pak_phun), ("lomraet", laos.lom_raet)):
        lao = lao_at(f"{host}.localhost")
        assert lao is not None
        assert lao.pk == lao_id


def test_a_request_costs_no_query_for_its_lao(
    laos: Laos, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    del laos
    with django_assert_num_queries(1):
        lao_at("pakphun.localhost")
    with django_assert_num_queries(0):
        lao_at("pakphun.localhost")


def test_what_is_remembered_is_asked_again_after_a_while(
    laos: Laos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "_LIFE", 0.0)
    lao_at("pakphun.localhost")
    Lao.objects.filter(pk=laos.pak_phun).update(host="moved.localhost")
    assert lao_at("pakphun.localhost") is None


@pytest.mark.slow
def test_invented_hosts_do_not_fill_the_memory(laos: Laos, monkeypatch: pytest.MonkeyPatch) -> None:
    del laos
    monkeypatch.setattr(selectors, "_MOST", 10)
    for number in range(25):
        lao_at(f"invented-{number}.localhost")
    assert len(selectors._known) <= 10


def test_a_lone_lao_answers_at_every_host(laos: Laos) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM places_lao WHERE id <> %s", [laos.pak_phun])
    lao = lao_at("203.0.113.7")
    assert lao is not None
    assert lao.pk == laos.pak_phun


@pytest.mark.slow
def test_every_one_of_7850_laos_is_found_with_one_query(
    laos: Laos, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    del laos
    Lao.objects.bulk_create(
        Lao(code=f"0699{n:04}", name_th="อบต.", name_en="SAO", host=f"sao{n}.localhost")
        for n in range(7_847)
    )
    forget_hosts()
    with django_assert_num_queries(1):
        lao = lao_at("sao7846.localhost")
    assert lao is not None
    assert lao.code == "06997846"


@pytest.mark.parametrize(
    "host", ["PAKPHUN.localhost", "pakphun.localhost:8000", "pakphun.localhost."]
)
def test_case_port_and_final_dot_do_not_matter(client: Client, laos: Laos, host: str) -> None:
    del laos
    assert client.get("/plain/", headers={"host": host, "accept-language": "en"}).status_code == 200


@pytest.mark.parametrize("host", ["nowhere.localhost", "127.0.0.1", "[::1]:8000", "xn--12c.test"])
def test_an_unknown_host_is_a_sentence(client: Client, laos: Laos, host: str) -> None:
    del laos
    answer = client.get("/plain/", headers={"host": host, "accept-language": "en"})
    assert answer.status_code == 404
    assert "No local government answers at this address." in answer.text


@pytest.mark.parametrize("host", ["a b", "a/b", "<script>", "ปากพูน", "a\x00b", "a..b@c", "["])
def test_a_host_that_is_none_is_a_sentence(client: Client, laos: Laos, host: str) -> None:
    del laos
    answer = client.get("/plain/", headers={"host": host, "accept-language": "en"})
    assert answer.status_code == 400
    assert "cannot be read" in answer.text
    assert "<script>" not in answer.text
