"""The database itself keeps the books: nothing is changed or removed, and every posting balances.

TRUNCATE is not stopped: it needs rights the application's role need not have, and tests use it to start afresh.
"""

from django.db import migrations

APPLY = """
CREATE FUNCTION payments_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION payments_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    off bigint;
BEGIN
    SELECT sum(amount) INTO off FROM payments_line WHERE posting_id = NEW.posting_id;
    IF off <> 0 THEN
        RAISE EXCEPTION 'posting % is out of balance by % cents', NEW.posting_id, off USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE ON payments_posting
    FOR EACH ROW EXECUTE FUNCTION payments_append_only();
CREATE TRIGGER line_append_only BEFORE UPDATE OR DELETE ON payments_line
    FOR EACH ROW EXECUTE FUNCTION payments_append_only();
CREATE CONSTRAINT TRIGGER posting_balances AFTER INSERT ON payments_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_posting_balances();
"""
UNDO = """
DROP TRIGGER posting_balances ON payments_line;
DROP TRIGGER line_append_only ON payments_line;
DROP TRIGGER posting_append_only ON payments_posting;
DROP FUNCTION payments_posting_balances();
DROP FUNCTION payments_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunSQL(APPLY, UNDO)]
