"""
What PostgreSQL itself says of the walls: each rule is one question that finds breaches.

Asked as superuser, so that a test can build something broken in a transaction and roll it back.
"""

from collections.abc import Collection

import psycopg

from nayu.kernel.privacy import LIBRARY_TABLES

#: The state's map, the same for every LAO (docs/adr/0005-places-reference-and-tenant-tables.md).
REFERENCE = frozenset(
    {
        *("places_province", "places_district", "places_subdistrict", "places_village"),
        *("places_postcode", "places_succession", "places_geographyedition"),
    }
)

#: Tables without an LAO: those of libraries, of the installation, and the LAO itself.
SHARED = frozenset(LIBRARY_TABLES) | REFERENCE | {"places_lao", "kernel_ratebucket"}

_TENANT_TABLES = """
    SELECT c.oid, c.relname::text, a.attnum AS lao, c.relrowsecurity, c.relforcerowsecurity,
           a.attnotnull AND a.atttypid = 'int4'::regtype AS firm
    FROM pg_class c
    LEFT JOIN pg_attribute a
           ON a.attrelid = c.oid AND a.attname = 'lao_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      AND NOT c.relname = ANY (%(shared)s)
"""

_QUESTIONS = {
    "no lao_id, and not declared as shared": "SELECT relname FROM tenant WHERE lao IS NULL",
    "lao_id may be empty or is no integer": "SELECT relname FROM tenant WHERE NOT firm",
    "row-level security is not enabled and forced": """
        SELECT relname FROM tenant WHERE NOT (relrowsecurity AND relforcerowsecurity)""",
    "not exactly the one policy": """
        SELECT t.relname FROM tenant t LEFT JOIN pg_policy p ON p.polrelid = t.oid
        GROUP BY t.relname
        HAVING count(p.oid) <> 1 OR NOT bool_and(
            p.polcmd = '*' AND p.polpermissive AND p.polroles = '{0}' AND p.polwithcheck IS NULL
            AND pg_get_expr(p.polqual, p.polrelid)
                = '(lao_id = (current_setting(''nayu.lao''::text))::integer)')""",
    "no unique key (lao_id, id)": """
        SELECT relname FROM tenant t WHERE NOT EXISTS (
            SELECT FROM pg_constraint k
            JOIN pg_attribute id ON id.attrelid = t.oid AND id.attname = 'id'
            WHERE k.conrelid = t.oid AND k.contype = 'u'
              AND k.conkey = ARRAY[t.lao, id.attnum])""",
    "unique over all LAOs": """
        SELECT t.relname || '.' || i.indexrelid::regclass
        FROM tenant t JOIN pg_index i ON i.indrelid = t.oid
        WHERE (i.indisunique OR i.indisexclusion) AND NOT i.indisprimary
          AND i.indkey[0] IS DISTINCT FROM t.lao
          -- Without btree_gist an exclusion writes its LAO as a range, and never for uniqueness.
          AND (i.indisunique OR pg_get_indexdef(i.indexrelid) !~ 'int8range[(]+lao_id')""",
    "a key between LAOs": """
        SELECT k.conname FROM pg_constraint k
        JOIN tenant target ON target.oid = k.confrelid
        LEFT JOIN tenant t ON t.oid = k.conrelid
        WHERE k.contype = 'f'
          AND (t.lao IS NULL OR k.conkey[1] <> t.lao OR k.confkey[1] <> target.lao)""",
    "a key that nobody has checked": """
        SELECT conname FROM pg_constraint WHERE NOT convalidated""",
    "declared as shared, but not there": """
        SELECT name FROM unnest(%(shared)s) AS name
        WHERE to_regclass('public.' || quote_ident(name)) IS NULL""",
    "a view with its owner's eyes": """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
          AND (relkind = 'm' OR relkind = 'v'
               AND NOT coalesce('security_invoker=true' = ANY (reloptions), false))""",
    "runs as its owner without being the ledger's, pinned and closed": """
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
          AND (p.proowner <> 'nayu_ledger'::regrole
               OR NOT coalesce(array_to_string(p.proconfig, ',') LIKE '%%search_path=%%', false)
               OR p.prorettype <> 'trigger'::regtype AND EXISTS (
                    SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner)))
                    WHERE grantee = 0 AND privilege_type = 'EXECUTE'))""",
    "owned by a role that only runs": """
        SELECT relname FROM pg_class WHERE relowner IN ('nayu_app'::regrole, 'nayu_reader'::regrole)
        UNION ALL
        SELECT proname FROM pg_proc WHERE proowner IN ('nayu_app'::regrole, 'nayu_reader'::regrole)
        UNION ALL
        SELECT nspname FROM pg_namespace
        WHERE nspowner IN ('nayu_app'::regrole, 'nayu_reader'::regrole)""",
    "the app may more than read and write rows": """
        SELECT c.relname || ' ' || might FROM pg_class c,
            unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS might
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
          AND has_table_privilege('nayu_app', c.oid, might)""",
    "the reader may write": """
        SELECT c.relname || ' ' || might FROM pg_class c,
            unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
                AS might
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
          AND has_table_privilege('nayu_reader', c.oid, might)""",
    "a running role may make things": """
        SELECT role || ' CREATE in public' FROM unnest(ARRAY['nayu_app', 'nayu_reader']) AS role
        WHERE has_schema_privilege(role, 'public', 'CREATE')
        UNION ALL
        SELECT role || ' ' || might FROM unnest(ARRAY['nayu_app', 'nayu_reader']) AS role,
            unnest(ARRAY['CREATE', 'TEMPORARY']) AS might
        WHERE has_database_privilege(role, current_database(), might)""",
    "a running role passes by the walls": """
        SELECT rolname FROM pg_roles
        WHERE rolname IN ('nayu_app', 'nayu_reader', 'nayu_ledger')
          AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
               OR rolname = 'nayu_ledger' AND rolcanlogin
               OR rolname <> 'nayu_ledger' AND EXISTS (
                    SELECT FROM pg_auth_members m WHERE m.member = pg_roles.oid))""",
}


def breaches(server: psycopg.Connection, shared: Collection[str]) -> list[str]:
    """:param shared: names of the tables that have no LAO on purpose."""
    found = []
    for breach, question in _QUESTIONS.items():
        rows = server.execute(
            f"WITH tenant AS ({_TENANT_TABLES}) {question}",
            {"shared": sorted(shared)},
        )
        found += [f"{name}: {breach}" for (name,) in rows]
    return found
