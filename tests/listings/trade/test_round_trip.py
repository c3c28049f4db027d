"""Export, import: nothing changes. Export, wipe, import: the same listings."""

import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings import selectors
from listings.choices import Brakes, Category, Included, Safety, Status
from listings.geo import LatLon, to_mercator
from listings.models import Extra, Listing, OpeningException, Outcome, PriceOverride
from listings.serializers.mine import MyListingSerializer
from listings.trade import writing
from listings.trade.formulas import safe, spoken
from listings.trade.work import bring_in
from tests.factories import listings, people, pictures

ODD = "=+-@\"';,:|\n<b>é€😀 aZ1"
words = st.text(ODD, max_size=30).map(lambda text: " ".join(text.split()))
stretches = st.sampled_from([(), ((480, 720), (840, 1140)), ((0, 1440),), ((540, 1080),)])


def exported(owner, language):
    return b"".join(writing.export(selectors.listings_of(owner).order_by("pk"), language))


def outcomes(owner, content, **how):
    lines = list(bring_in(owner=owner, content=content, folder=None, dry_run=False, **how))
    return [line.outcome for line in lines], [line.errors for line in lines]


@st.composite
def fields(draw):
    low = draw(st.integers(60, 200))
    return {
        "title": draw(words),
        "description": draw(words),
        "brand": draw(words),
        "frame_number": draw(words),
        "address": draw(words),
        "category": draw(st.sampled_from(["", *Category.values])),
        "brakes": draw(st.sampled_from(["", *Brakes.values])),
        "electric": draw(st.booleans()),
        "rider_height_from": low,
        "rider_height_to": draw(st.integers(low, 230)),
        "weight_g": draw(st.none() | st.integers(1000, 200_000)),
        "price_hour": draw(st.none() | st.integers(50, 50_000)),
        "price_day": draw(st.none() | st.integers(100, 100_000)),
        "discount_7": draw(st.integers(0, 80)),
        "opening": tuple(draw(stretches) for _ in range(7)),
        "included": draw(st.lists(st.sampled_from(Included.values), unique=True)),
        "safety": [point for point in Safety.values if draw(st.booleans())],
        "lead_time_h": draw(st.integers(0, 48)),
        "instant": draw(st.booleans()),
        "reference": draw(st.sampled_from(["", "VTC-1", "=1+1", "-5", "'@x"])),
        "exact_point": draw(
            st.none() | st.builds(LatLon, st.floats(42.5, 50.0), st.floats(-1.0, 6.0)).map(to_mercator)
        ),
    }


@pytest.mark.parametrize("language", ["en", "fr"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=fields(), extra=words, price=st.integers(0, 50_000), most=st.integers(1, 10))
def test_what_was_exported_imports_without_a_change(db, language, one, extra, price, most):
    Listing.objects.all().delete()
    owner = people.alice()
    made = listings.draft(owner, languages=["fr", "en"], **one)
    Extra.objects.create(listing=made, kind="helmet", name=extra, price_cents=price, most=most)
    PriceOverride.objects.create(listing=made, date=date(2027, 7, 14), price_day=2550)
    OpeningException.objects.create(listing=made, date=date(2026, 12, 25), hours=())
    OpeningException.objects.create(listing=made, date=date(2026, 12, 31), hours=((480, 720),))
    content = exported(owner, language)

    assert outcomes(owner, content) == ([Outcome.UNCHANGED], [()])

    before = told(owner)
    Listing.objects.all().delete()
    assert outcomes(owner, content) == ([Outcome.CREATED], [()])
    assert told(owner) == before
    assert outcomes(owner, content) == ([Outcome.UNCHANGED], [()])


def told(owner):
    """All that an owner reads of a listing but its ids and times."""
    rows = [dict(MyListingSerializer(row, context={"viewer": owner}).data) for row in selectors.listings_of(owner)]
    for row in rows:
        for name in ("id", "created_at", "updated_at", "town", "time_zone", "point"):
            row.pop(name)
        for extra in row["extras"]:
            extra.pop("id")
    return rows


def test_published_and_paused_listings_come_back_with_their_photos(alice, tmp_path):
    photo = pictures.plain()
    (tmp_path / "bike.jpg").write_bytes(photo)
    content = exported_with(alice, photos="bike.jpg")
    for status in (Status.PUBLISHED, Status.PAUSED):
        Listing.objects.all().delete()
        lines = list(
            bring_in(owner=alice, content=content.replace(b"STATUS", status.encode()), folder=tmp_path, dry_run=False)
        )
        assert [(line.outcome, line.errors) for line in lines] == [(Outcome.CREATED, ())]
        listing = Listing.objects.get()
        assert (listing.status, listing.photos.count()) == (status, 1)
        # The export names the photo by its digest, and needs no file for one that hangs.
        assert outcomes(alice, exported(alice, "fr")) == ([Outcome.UNCHANGED], [()])


def exported_with(owner, **cells):
    listings.listing(owner, photos=0)
    header, row = csv.reader(io.StringIO(exported(owner, "en").decode("utf-8-sig")))
    said = dict(zip(header, row, strict=True)) | {"status": "STATUS"} | cells
    out = io.StringIO()
    csv.writer(out).writerows([said.keys(), said.values()])
    Listing.objects.all().delete()
    return out.getvalue().encode()


@given(st.text(ODD + "\t\r＝", max_size=12))
def test_no_cell_is_a_formula_and_its_text_is_kept(text):
    assert spoken(safe(text)) == text
    plain = safe(text).strip()
    assert not plain[:1] or plain[0] not in "=+@|" or plain == text
    assert not safe("=1+1").startswith("=")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_template_imports_as_it_is(db, alice, language):
    assert outcomes(alice, writing.template(language)) == ([Outcome.CREATED], [()])
    listing = Listing.objects.get()
    assert (listing.status, listing.price_day, listing.address) == ("draft", 1800, "12 rue Droite, 11100 Narbonne")
    assert listing.exact_point is None
    assert outcomes(alice, writing.template(language)) == ([Outcome.UNCHANGED], [()])
