"""What every session of ours says to the database when it begins."""

import pytest
from django.db import connections
from procrastinate.contrib.django.utils import connector_params
from psycopg import connect

from nayu.project.settings import NOTICES_THE_DEAD, database

INTERVAL = "SELECT current_setting('client_connection_check_interval')"


@pytest.mark.django_db(databases=["default", "apart", "reader"])
@pytest.mark.parametrize("alias", ["default", "apart", "reader"])
def test_a_session_notices_that_its_process_was_killed(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(INTERVAL)
        assert cursor.fetchone() == ("10s",)


@pytest.mark.django_db
def test_the_workers_own_sessions_notice_it_too() -> None:
    with connect(**connector_params()) as session:
        assert session.execute(INTERVAL).fetchone() == ("10s",)


def test_options_that_the_address_carries_are_kept() -> None:
    entry = database("dbname=x options='-c work_mem=8MB'", options=NOTICES_THE_DEAD)
    assert entry["OPTIONS"]["options"] == f"-c work_mem=8MB {NOTICES_THE_DEAD}"
