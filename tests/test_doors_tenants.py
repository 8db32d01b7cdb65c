"""A thousand LAOs through the web stack on two connections: nobody sees another's rows."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from nayu.places.api import Lao
from tests.database import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.room.urls"),
]

THREADS = 2
PAGES = ("plain", "late", "streamed", "lost", "write/lost", "write/statement")


@pytest.fixture
def thousand(server: Server) -> list[str]:
    """Hosts of 1,000 LAOs, each with one shelf that carries its host."""
    del server
    Lao.objects.bulk_create(
        Lao(code=f"0699{n:04}", name_th="อบต.", name_en="SAO", host=f"sao{n}.localhost")
        for n in range(1_000)
    )
    with connections["owner"].cursor() as owner:
        owner.execute(
            "INSERT INTO room_shelf (id, lao_id, label)"
            " SELECT gen_random_uuid(), id, host FROM places_lao WHERE host LIKE 'sao%'"
        )
    connections["owner"].close()
    return [f"sao{n}.localhost" for n in range(1_000)]


def walk(hosts: list[str], start: Barrier) -> tuple[set[int], list[tuple[str, str, str]]]:
    """Connections used, and every answer that shows anything but the host's own shelf."""
    used, leaks = set(), []
    client = Client(raise_request_exception=False)
    start.wait()
    try:
        for number, host in enumerate(hosts):
            page = PAGES[number % len(PAGES)]
            answer = client.get(f"/{page}/", headers={"host": host})
            shown = answer.getvalue().decode().strip()
            used.add(connection.connection.info.backend_pid)
            if (shown != host) if page != "write/statement" else ("sao" in shown):
                leaks.append((page, host, shown))
    finally:
        connections.close_all()
    return used, leaks


def test_a_thousand_laos_on_two_connections_leak_nothing(thousand: list[str]) -> None:
    start = Barrier(THREADS)
    orders = [thousand, thousand[::-1]]
    with ThreadPoolExecutor(THREADS) as pool:
        walks = [pool.submit(walk, order, start) for order in orders]
        results = [each.result() for each in walks]
    assert [leaks for _, leaks in results] == [[], []]
    assert [len(used) for used, _ in results] == [1, 1]
