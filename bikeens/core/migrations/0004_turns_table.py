from django.db import migrations


class Migration(migrations.Migration):
    """The counts of bikeens/core/turns.py; room on each page lets a count change in its place."""

    dependencies = [("core", "0003_answers_cache_table")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE turns (
                key varchar(200) PRIMARY KEY, taken integer NOT NULL, ends_at timestamptz NOT NULL
            ) WITH (fillfactor = 50);
            """,
            "DROP TABLE turns",
        )
    ]
