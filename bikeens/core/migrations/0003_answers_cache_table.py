from django.db import migrations


class Migration(migrations.Migration):
    """A second table for DatabaseCache: what it holds can crowd out no rate limit."""

    dependencies = [("core", "0002_cache_table")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE cache_answers (
                cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
            );
            CREATE INDEX cache_answers_expires ON cache_answers (expires);
            """,
            "DROP TABLE cache_answers",
        )
    ]
