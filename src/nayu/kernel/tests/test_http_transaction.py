"""One scope and one transaction around the whole response."""

from collections.abc import Callable

import pytest
from django.test import Client

from nayu.kernel.scope import current
from tests.database import Laos
from tests.room.shelves import count_shelves, put_shelf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.room.urls")]

PAK_PHUN = {"host": "pakphun.localhost"}
WIANG_PHRAO = {"host": "wiangphrao.localhost"}


@pytest.fixture
def quiet_client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def shelves(laos: Laos) -> Laos:
    put_shelf(laos.pak_phun, "ours")
    put_shelf(laos.wiang_phrao, "theirs")
    return laos


@pytest.fixture
def written(laos: Laos) -> Callable[[], int]:
    return lambda: count_shelves(laos.pak_phun, "written")


@pytest.mark.parametrize("page", ["plain", "late", "streamed", "lost"])
def test_every_kind_of_answer_shows_one_lao_only(client: Client, shelves: Laos, page: str) -> None:
    del shelves
    ours = client.get(f"/{page}/", headers=PAK_PHUN).getvalue().decode()
    theirs = client.get(f"/{page}/", headers=WIANG_PHRAO).getvalue().decode()
    assert (ours.strip(), theirs.strip()) == ("ours", "theirs")


@pytest.mark.parametrize("end", ["well", "answer-400"])
def test_an_answer_below_500_is_kept(client: Client, written: Callable[[], int], end: str) -> None:
    client.get(f"/write/{end}/", headers=PAK_PHUN)
    assert written() == 1


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("answer-500", 500),
        ("bug", 500),
        ("statement", 500),
        ("rendering", 500),
        ("commit", 500),
        ("refused", 409),
        ("denied", 403),
        ("lost", 404),
    ],
)
def test_work_that_failed_or_was_refused_leaves_nothing_behind(
    quiet_client: Client, written: Callable[[], int], end: str, status: int
) -> None:
    answer = quiet_client.get(f"/write/{end}/", headers=PAK_PHUN)
    assert (answer.status_code, written()) == (status, 0)


def test_the_error_page_may_ask_the_database_and_sees_the_rollback(
    client: Client, shelves: Laos
) -> None:
    del shelves
    page = client.get("/write/lost/", headers=PAK_PHUN)
    assert page.text == "ours"


def test_a_bug_still_reaches_the_developer(client: Client, laos: Laos) -> None:
    del laos
    with pytest.raises(RuntimeError):
        client.get("/write/bug/", headers=PAK_PHUN)


def test_the_thread_belongs_to_no_lao_between_two_pieces_of_a_stream(
    client: Client, shelves: Laos
) -> None:
    del shelves
    answer = client.get("/streamed/", headers=PAK_PHUN)
    assert answer.streaming
    pieces = iter(answer)
    next(pieces)
    assert current() is None
    answer.close()


def test_a_stream_that_nobody_reads_to_its_end_leaves_no_transaction_open(
    client: Client, shelves: Laos
) -> None:
    del shelves
    answer = client.get("/streamed/", headers=PAK_PHUN)
    next(iter(answer))
    answer.close()
    theirs = client.get("/plain/", headers=WIANG_PHRAO)
    assert theirs.text == "theirs"


def test_the_portal_belongs_to_no_lao_and_sees_no_rows(quiet_client: Client, shelves: Laos) -> None:
    del shelves
    answer = quiet_client.get("/plain/", headers={"host": "localhost"})
    assert answer.status_code == 500
