"""The listing's own row says which extras it has, for the index; the database alone writes it."""

from django.db import connection
from django.test import Client

from listings.models import Extra, Listing
from tests.factories import listings


def kinds(listing: Listing) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extra_kinds FROM listings_listing WHERE id = %s", [listing.pk])
        return cursor.fetchone()[0]


def add(listing: Listing, kind: str) -> Extra:
    radius = 5 if kind == "delivery" else None
    return Extra.objects.create(listing=listing, kind=kind, price_cents=100, radius_km=radius)


def test_it_follows_what_is_added_changed_and_taken_away(db) -> None:
    bike, other = listings.listing(photos=0), listings.listing(photos=0)
    assert kinds(bike) == []

    trailer, helmet = add(bike, "trailer"), add(bike, "helmet")
    second = add(bike, "helmet")
    assert kinds(bike) == ["helmet", "trailer"]

    helmet.delete()
    assert kinds(bike) == ["helmet", "trailer"]
    second.kind = "panniers"
    second.save()
    assert kinds(bike) == ["panniers", "trailer"]

    trailer.listing = other
    trailer.save()
    assert (kinds(bike), kinds(other)) == (["panniers"], ["trailer"])

    Extra.objects.all().delete()
    assert (kinds(bike), kinds(other)) == ([], [])


def test_nobody_writes_an_old_value_back(db) -> None:
    bike = listings.listing(photos=0)
    old = Listing.objects.get(pk=bike.pk)
    add(bike, "trailer")

    old.title = "Saved whole"
    old.save()

    assert kinds(bike) == ["trailer"]


def test_a_search_finds_an_extra_at_once_and_no_longer_when_it_is_gone(db) -> None:
    bike = listings.listing(title="With a trailer", photos=0)
    listings.listing(title="Without", photos=0)
    trailer = add(bike, "trailer")
    asked = "/api/search?near=43.1843,3.0031&extras=trailer"

    assert [hit["title"] for hit in Client().get(asked).json()["results"]] == ["With a trailer"]
    trailer.delete()
    assert Client().get(asked).json()["results"] == []


def test_a_listing_goes_with_its_extras(db) -> None:
    bike = listings.listing(photos=0)
    add(bike, "trailer")

    bike.delete()

    assert (Listing.objects.count(), Extra.objects.count()) == (0, 0)
