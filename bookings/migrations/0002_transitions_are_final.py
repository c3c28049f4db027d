from django.db import migrations

CREATE = """
CREATE FUNCTION bookings_transition_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A transition is written once and never changed or removed.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER bookings_transition_is_final BEFORE UPDATE OR DELETE ON bookings_transition
    FOR EACH ROW EXECUTE FUNCTION bookings_transition_is_final();
"""
DROP = """
DROP TRIGGER bookings_transition_is_final ON bookings_transition;
DROP FUNCTION bookings_transition_is_final();
"""


class Migration(migrations.Migration):
    """The history people read is also the outbox of money: what is written in it stays."""

    dependencies = [("bookings", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
