"""
The database and its roles (house plan, section 6).

``nayu_owner`` owns the tables: migrations, backup, restore; passes by row-level security, because
a forced owner would validate and dump nothing. ``nayu_app`` is what runs. ``nayu_reader`` reads
for reports, inside a scope. ``nayu_ledger`` cannot sign in; it owns the functions that write what
the app must not.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

OWNER = "nayu_owner"
APP = "nayu_app"
READER = "nayu_reader"
LEDGER = "nayu_ledger"


@dataclass(frozen=True, slots=True)
class Passwords:
    owner: str
    app: str
    reader: str


_ROLES = {
    OWNER: "LOGIN BYPASSRLS",
    APP: "LOGIN NOBYPASSRLS",
    READER: "LOGIN NOBYPASSRLS",
    LEDGER: "NOLOGIN NOBYPASSRLS",
}

_INSIDE = """
ALTER SCHEMA public OWNER TO nayu_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO nayu_app, nayu_reader;
GRANT USAGE, CREATE ON SCHEMA public TO nayu_ledger;
ALTER DEFAULT PRIVILEGES FOR ROLE nayu_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nayu_app;
ALTER DEFAULT PRIVILEGES FOR ROLE nayu_owner GRANT USAGE ON SEQUENCES TO nayu_app;
ALTER DEFAULT PRIVILEGES FOR ROLE nayu_owner GRANT SELECT ON TABLES TO nayu_reader;
"""


def prepare(admin_url: str, *, database: str, passwords: Passwords) -> None:
    """
    Make the roles and the database, or bring existing ones to this state.

    :param admin_url: a superuser's connection to the server, any database of it.
    """
    given = {OWNER: passwords.owner, APP: passwords.app, READER: passwords.reader}
    with psycopg.connect(admin_url, autocommit=True, dbname="postgres") as admin:
        for role, rights in _ROLES.items():
            _make_role(admin, role, rights, given.get(role))
        # The owner hands functions over to the ledger role; nobody else may become it.
        admin.execute("GRANT nayu_ledger TO nayu_owner")
        # A data migration changes the rows of one LAO at a time, behind the app's own walls.
        admin.execute("GRANT nayu_app TO nayu_owner")
        _make_database(admin, database)
    with psycopg.connect(admin_url, autocommit=True, dbname=database) as admin:
        admin.execute(_INSIDE)


def _make_role(admin: psycopg.Connection, role: str, rights: str, password: str | None) -> None:
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    admin.execute(
        sql.SQL("{verb} ROLE {role} NOSUPERUSER NOCREATEDB NOCREATEROLE {rights}").format(
            verb=sql.SQL("ALTER" if known else "CREATE"),
            role=sql.Identifier(role),
            rights=sql.SQL(rights),
        )
    )
    if password is not None:
        admin.execute(
            sql.SQL("ALTER ROLE {role} PASSWORD {password}").format(
                role=sql.Identifier(role), password=sql.Literal(password)
            )
        )


def _make_database(admin: psycopg.Connection, database: str) -> None:
    name = sql.Identifier(database)
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER nayu_owner TEMPLATE template0").format(name)
        )
    # Neither strangers nor temporary tables: a temp table could hide a real one by its name.
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    admin.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO nayu_owner, nayu_app, nayu_reader").format(name)
    )
