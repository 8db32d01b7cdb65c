"""The walls as PostgreSQL sees them, and each of them broken once to see that it is seen."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.architecture.catalogue import SHARED, breaches
from tests.database import DATABASE, Server

pytestmark = pytest.mark.django_db

WALLED = """
    CREATE TABLE sound (
        id uuid PRIMARY KEY, lao_id int NOT NULL REFERENCES places_lao, label text,
        above_id uuid, UNIQUE (lao_id, id), UNIQUE (lao_id, label),
        FOREIGN KEY (lao_id, above_id) REFERENCES sound (lao_id, id));
    ALTER TABLE sound ENABLE ROW LEVEL SECURITY;
    ALTER TABLE sound FORCE ROW LEVEL SECURITY;
    CREATE POLICY one_lao ON sound USING (lao_id = current_setting('nayu.lao')::int);
    CREATE FUNCTION counted() RETURNS int LANGUAGE sql SECURITY DEFINER
        SET search_path = public, pg_temp AS 'SELECT 1';
    REVOKE EXECUTE ON FUNCTION counted() FROM PUBLIC;
    ALTER FUNCTION counted() OWNER TO nayu_ledger;
    CREATE VIEW seen WITH (security_invoker = true) AS SELECT * FROM sound;
"""

POLICY = "DROP POLICY one_lao ON sound; CREATE POLICY one_lao ON sound"
LAO = "lao_id = current_setting('nayu.lao')::int"

#: What is done to the sound table → the breach that must be named.
BROKEN = {
    "CREATE TABLE forgot (id uuid PRIMARY KEY)": "forgot: no lao_id",
    # As an automatic many-to-many would be.
    "CREATE TABLE sound_tags (id serial, sound_id uuid, tag_id uuid)": "sound_tags: no lao_id",
    "ALTER TABLE sound ALTER lao_id DROP NOT NULL": "sound: lao_id may be empty",
    "ALTER TABLE sound DISABLE ROW LEVEL SECURITY": "sound: row-level security is not",
    "ALTER TABLE sound NO FORCE ROW LEVEL SECURITY": "sound: row-level security is not",
    "DROP POLICY one_lao ON sound": "sound: not exactly the one policy",
    "CREATE POLICY another ON sound USING (true)": "sound: not exactly the one policy",
    f"{POLICY} USING (lao_id = current_setting('nayu.lao', true)::int)": "sound: not exactly",
    f"{POLICY} FOR SELECT USING ({LAO})": "sound: not exactly the one policy",
    f"{POLICY} TO nayu_app USING ({LAO})": "sound: not exactly the one policy",
    f"{POLICY} USING ({LAO}) WITH CHECK (true)": "sound: not exactly the one policy",
    "ALTER TABLE sound DROP CONSTRAINT sound_lao_id_id_key CASCADE": "sound: no unique key",
    "CREATE UNIQUE INDEX one ON sound (label)": "sound.one: unique over all LAOs",
    "CREATE UNIQUE INDEX one ON sound (lower(label), lao_id)": "sound.one: unique over all",
    "ALTER TABLE sound ADD CONSTRAINT one EXCLUDE USING gist (int4range(1, 2) WITH &&)": (
        "sound.one: unique over all"
    ),
    "ALTER TABLE sound ADD CONSTRAINT up FOREIGN KEY (above_id) REFERENCES sound (id)": (
        "up: a key between LAOs"
    ),
    "ALTER TABLE places_lao ADD seat uuid CONSTRAINT seat REFERENCES sound (id)": (
        "seat: a key between LAOs"
    ),
    "ALTER TABLE sound ADD CONSTRAINT c CHECK (label <> '') NOT VALID": "c: a key that nobody",
    "DROP VIEW seen; CREATE VIEW seen AS SELECT * FROM sound": "seen: a view with its owner's",
    "CREATE MATERIALIZED VIEW kept AS SELECT * FROM sound": "kept: a view with its owner's eyes",
    "ALTER FUNCTION counted() OWNER TO nayu_owner": "counted(): runs as its owner",
    "ALTER FUNCTION counted() RESET search_path": "counted(): runs as its owner",
    "GRANT EXECUTE ON FUNCTION counted() TO PUBLIC": "counted(): runs as its owner",
    "ALTER TABLE sound OWNER TO nayu_app": "sound: owned by a role that only runs",
    "GRANT TRUNCATE ON sound TO nayu_app": "sound TRUNCATE: the app may more",
    "GRANT REFERENCES ON sound TO PUBLIC": "sound REFERENCES: the app may more",
    "GRANT INSERT ON sound TO nayu_reader": "sound INSERT: the reader may write",
    "GRANT CREATE ON SCHEMA public TO nayu_app": "nayu_app CREATE in public: a running role",
    f"GRANT TEMPORARY ON DATABASE {DATABASE} TO PUBLIC": "nayu_app TEMPORARY: a running role",
    "ALTER ROLE nayu_app BYPASSRLS": "nayu_app: a running role passes by",
    "REVOKE nayu_app FROM nayu_owner; GRANT nayu_owner TO nayu_app": (
        "nayu_app: a running role passes by"
    ),
    "ALTER ROLE nayu_ledger LOGIN": "nayu_ledger: a running role passes by",
}


@pytest.fixture
def admin(server: Server) -> Iterator[psycopg.Connection]:
    """A superuser whose deeds are forgotten after the test."""
    with psycopg.connect(server.url("nayu_admin")) as connection:
        yield connection
        connection.rollback()


def test_every_table_stands_behind_its_walls_and_no_role_passes_by_them(
    admin: psycopg.Connection,
) -> None:
    assert breaches(admin, SHARED) == []


def test_a_table_with_every_wall_is_sound(admin: psycopg.Connection) -> None:
    admin.execute(WALLED)
    assert breaches(admin, SHARED) == []


@pytest.mark.parametrize(("deed", "breach"), BROKEN.items())
def test_a_broken_wall_is_found_by_its_name(
    admin: psycopg.Connection, deed: str, breach: str
) -> None:
    admin.execute(WALLED)
    admin.execute(deed)
    assert [found for found in breaches(admin, SHARED) if found.startswith(breach)]


def test_a_table_declared_as_shared_that_is_gone_is_found(admin: psycopg.Connection) -> None:
    assert breaches(admin, SHARED | {"gone"}) == ["gone: declared as shared, but not there"]
