from django.db import migrations

# `extra_kinds` belongs to the database alone: no model has it, so nobody can write an old value back. It says in the
# listing's own row which extras it has, because an index knows no other rows.
CREATE = """
ALTER TABLE listings_listing ADD COLUMN extra_kinds varchar(12)[] NOT NULL DEFAULT '{}';
UPDATE listings_listing l SET extra_kinds = e.kinds
    FROM (SELECT listing_id, array_agg(DISTINCT kind ORDER BY kind) AS kinds FROM listings_extra GROUP BY listing_id) e
    WHERE e.listing_id = l.id;

CREATE FUNCTION listings_extra_kinds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint;
BEGIN
    FOR touched IN
        SELECT id FROM (VALUES (CASE WHEN TG_OP <> 'INSERT' THEN OLD.listing_id END),
                               (CASE WHEN TG_OP <> 'DELETE' THEN NEW.listing_id END)) AS both_of (id)
        WHERE id IS NOT NULL GROUP BY id ORDER BY id
    LOOP
        UPDATE listings_listing l SET extra_kinds = now_there.kinds
            FROM (SELECT coalesce(array_agg(DISTINCT kind ORDER BY kind), '{}') AS kinds
                  FROM listings_extra WHERE listing_id = touched) now_there
            WHERE l.id = touched AND l.extra_kinds <> now_there.kinds;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER listings_extra_kinds AFTER INSERT OR DELETE OR UPDATE OF kind, listing_id ON listings_extra
    FOR EACH ROW EXECUTE FUNCTION listings_extra_kinds();

CREATE INDEX listing_published_offers ON listings_listing
    USING gist (public_point, array_to_tsvector((included || extra_kinds)::text[])) WHERE status = 'published';
"""
DROP = """
DROP TRIGGER listings_extra_kinds ON listings_extra;
DROP FUNCTION listings_extra_kinds();
DROP INDEX listing_published_offers;
ALTER TABLE listings_listing DROP COLUMN extra_kinds;
"""


class Migration(migrations.Migration):
    """One index for where a bike is and what comes with it: rare wishes are found without looking at every bike."""

    dependencies = [("listings", "0008_search_rare_extras")]
    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RemoveIndex(model_name="extra", name="extra_kind_listing"),
        migrations.RemoveIndex(model_name="listing", name="listing_published_included"),
    ]
