"""
What was erased stays on its list: a row taken off would let a backup bring a person back.

Grants stop whoever runs Nayu; the triggers stop the owner of the tables too, being always awake.
"""

from django.db import migrations

KEEP = """
REVOKE UPDATE, DELETE, TRUNCATE ON kernel_erased FROM nayu_app;

CREATE FUNCTION kernel_erased_refuse() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what was erased stays erased', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER kernel_erased_keep
BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel_erased
FOR EACH STATEMENT EXECUTE FUNCTION kernel_erased_refuse();

ALTER TABLE kernel_erased ENABLE ALWAYS TRIGGER kernel_erased_keep;
"""
LET_GO = """
DROP TRIGGER kernel_erased_keep ON kernel_erased;
DROP FUNCTION kernel_erased_refuse();
GRANT UPDATE, DELETE ON kernel_erased TO nayu_app;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_audit_chain")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
