from django.db import migrations, models

FILL = """
UPDATE listings_savedbike SET title = listings_listing.title FROM listings_listing
WHERE listings_listing.id = listings_savedbike.listing_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("listings", "0010_saved_search_saw_wide"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedbike",
            name="title",
            field=models.CharField(blank=True, default="", help_text="As it was when they saved it.", max_length=80),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
