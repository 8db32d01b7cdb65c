"""
The chain of the audit: written at commit by a function of the ledger role, which nobody can be.

Whoever runs Nayu may add entries and read everything here, and nothing else. The owner of the
tables is stopped by triggers; being the owner he could remove them, and a superuser asks nobody:
against those two stand the heads that are kept elsewhere.
"""

from django.db import migrations

# One row lock a chain, and as late as can be: at commit, not where the entry is written, so that
# writers of one LAO do their work side by side.
#
# An entry's LAO need not be the one in scope at commit, and the ledger role is walled in like any
# other, so the function enters the entry's LAO and puts back what was there. (Naming the setting in
# the definition would do that by itself, but only a superuser may write such a definition.)
LINK = """
CREATE FUNCTION kernel_audit_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    scope_outside text := coalesce(current_setting('nayu.lao', true), '');
    said jsonb := NEW.text::jsonb;
    place bigint;
    digest bytea;
BEGIN
    IF (said ->> 'id', said ->> 'lao', said ->> 'happened_at',
        said ->> 'action', said ->> 'actor', said ->> 'on_table', said ->> 'on_row')
        IS DISTINCT FROM
       (NEW.id::text, NEW.lao_id::text,
        to_char(NEW.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.action::text, NEW.actor::text, NEW.on_table::text, NEW.on_row::text)
    THEN
        RAISE EXCEPTION 'audit entry %: its columns say something else than its text', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;

    PERFORM set_config('nayu.lao', NEW.lao_id::text, true);

    INSERT INTO public.kernel_audithead AS head (id, lao_id, number, hash)
    VALUES (gen_random_uuid(), NEW.lao_id, 1,
            sha256(decode(repeat('00', 32), 'hex') || convert_to(NEW.text, 'UTF8')))
    ON CONFLICT (lao_id) DO UPDATE
       SET number = head.number + 1,
           hash = sha256(head.hash || convert_to(NEW.text, 'UTF8'))
    RETURNING number, hash INTO place, digest;

    INSERT INTO public.kernel_auditlink (id, lao_id, number, hash)
    VALUES (NEW.id, NEW.lao_id, place, digest);

    PERFORM set_config('nayu.lao', scope_outside, true);
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER kernel_auditentry_link
AFTER INSERT ON kernel_auditentry
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION kernel_audit_link();

REVOKE EXECUTE ON FUNCTION kernel_audit_link() FROM PUBLIC;
ALTER FUNCTION kernel_audit_link() OWNER TO nayu_ledger;
GRANT SELECT, INSERT ON kernel_auditlink TO nayu_ledger;
GRANT SELECT, INSERT, UPDATE ON kernel_audithead TO nayu_ledger;
"""
UNLINK = """
REVOKE ALL ON kernel_auditlink, kernel_audithead FROM nayu_ledger;
DROP TRIGGER kernel_auditentry_link ON kernel_auditentry;
DROP FUNCTION kernel_audit_link();
"""

# ALWAYS: an ordinary trigger is silent under session_replication_role = replica.
KEEP = """
REVOKE UPDATE, DELETE, TRUNCATE ON kernel_auditentry FROM nayu_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON kernel_auditlink, kernel_audithead FROM nayu_app;

CREATE FUNCTION kernel_audit_refuse() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the audit is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER kernel_auditentry_keep
BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION kernel_audit_refuse();

CREATE TRIGGER kernel_auditlink_keep
BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel_auditlink
FOR EACH STATEMENT EXECUTE FUNCTION kernel_audit_refuse();

CREATE TRIGGER kernel_auditlink_by_ledger
BEFORE INSERT ON kernel_auditlink
FOR EACH STATEMENT WHEN (current_user <> 'nayu_ledger') EXECUTE FUNCTION kernel_audit_refuse();

CREATE TRIGGER kernel_audithead_keep
BEFORE DELETE OR TRUNCATE ON kernel_audithead
FOR EACH STATEMENT EXECUTE FUNCTION kernel_audit_refuse();

CREATE TRIGGER kernel_audithead_by_ledger
BEFORE INSERT OR UPDATE ON kernel_audithead
FOR EACH STATEMENT WHEN (current_user <> 'nayu_ledger') EXECUTE FUNCTION kernel_audit_refuse();

ALTER TABLE kernel_auditentry
    ENABLE ALWAYS TRIGGER kernel_auditentry_link,
    ENABLE ALWAYS TRIGGER kernel_auditentry_keep;
ALTER TABLE kernel_auditlink
    ENABLE ALWAYS TRIGGER kernel_auditlink_keep,
    ENABLE ALWAYS TRIGGER kernel_auditlink_by_ledger;
ALTER TABLE kernel_audithead
    ENABLE ALWAYS TRIGGER kernel_audithead_keep,
    ENABLE ALWAYS TRIGGER kernel_audithead_by_ledger;
"""
LET_GO = """
DROP TRIGGER kernel_auditentry_keep ON kernel_auditentry;
DROP TRIGGER kernel_auditlink_keep ON kernel_auditlink;
DROP TRIGGER kernel_auditlink_by_ledger ON kernel_auditlink;
DROP TRIGGER kernel_audithead_keep ON kernel_audithead;
DROP TRIGGER kernel_audithead_by_ledger ON kernel_audithead;
DROP FUNCTION kernel_audit_refuse();
GRANT UPDATE, DELETE ON kernel_auditentry TO nayu_app;
GRANT INSERT, UPDATE, DELETE ON kernel_auditlink, kernel_audithead TO nayu_app;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_tables")]

    operations = [
        migrations.RunSQL(LINK, UNLINK),
        migrations.RunSQL(KEEP, LET_GO),
    ]
