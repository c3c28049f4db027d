"""GET /api/listings/{id}/quote. It is Friday 3 July 2026, 10:00 in Paris."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bikeens.core import clock
from listings.choices import ExtraKind, Per, Status
from listings.models import Extra, Listing, OpeningException
from tests.factories import listings

WEEKEND = {"from": "2026-07-04T10:00", "to": "2026-07-06T10:00"}


@pytest.fixture
def bike(db: None) -> Listing:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))
    return listings.listing(price_hour=None, price_day=1500)


def address(bike: Listing) -> str:
    return f"/api/listings/{bike.uuid}/quote"


def eur(cents: int) -> dict[str, object]:
    return {"amount": cents, "currency": "EUR"}


def test_everybody_sees_the_price_line_by_line(bike, api, bob) -> None:
    for person in (None, bob):
        answer = api(person).get(address(bike), WEEKEND)

        assert answer.status_code == 200
        said = answer.json()
        assert [(line["kind"], line["label"], line["amount"]["amount"]) for line in said.pop("lines")] == [
            ("rental", "2 days", 3000),
            ("service_fee", "Service fee", 270),
        ]
        assert said == {
            "from": "2026-07-04T10:00",
            "to": "2026-07-06T10:00",
            "starts_at": "2026-07-04T08:00:00Z",
            "ends_at": "2026-07-06T08:00:00Z",
            "time_zone": "Europe/Paris",
            "unit": "day",
            "count": 2,
            "days": 2,
            "total": eur(3270),
            "deposit": eur(0),
            "owner": None,
            "vat": eur(45),
            "policy": "moderate",
            "instant": False,
            "bookable": True,
            "reasons": [],
        }


def test_the_owner_sees_what_remains(bike, api, alice) -> None:
    assert api(alice).get(address(bike), WEEKEND).json()["owner"] == {
        "rental_and_extras": eur(3000),
        "commission": eur(450),
        "net": eur(2550),
        "vat": eur(75),
    }


def test_extras_are_in_the_total(bike, api) -> None:
    seat = Extra.objects.create(listing=bike, kind=ExtraKind.CHILD_SEAT, price_cents=300, per=Per.DAY, most=2)

    said = api(None).get(address(bike), WEEKEND | {"extras": f"{seat.uuid}:2"}).json()

    assert [line["label"] for line in said["lines"]] == ["2 days", "2 × Child seat", "Service fee"]
    assert said["lines"][1]["amount"] == eur(1200)
    assert said["total"] == eur(4578)


@pytest.mark.parametrize(
    ("quantity", "code"), [("1", "unknown_extra"), ("3", "too_many_extras"), ("0", "invalid"), ("x", "invalid")]
)
def test_extras_that_are_not_offered_are_refused(bike, api, quantity: str, code: str) -> None:
    seat = Extra.objects.create(listing=bike, kind=ExtraKind.CHILD_SEAT, price_cents=300, most=2)
    uuid = uuid4() if code == "unknown_extra" else seat.uuid

    answer = api(None).get(address(bike), WEEKEND | {"extras": f"{uuid}:{quantity}"})

    assert answer.status_code == 400
    assert answer.json()["fields"]["extras"][0]["code"] == code


def test_what_cannot_be_booked_still_has_a_price_and_says_why_and_when(bike, api) -> None:
    OpeningException.objects.create(listing=bike, date="2026-07-05", hours=())

    said = api(None).get(address(bike), {"from": "2026-07-04T21:00", "to": "2026-07-05T12:00"}).json()

    assert said["total"] == eur(1635)
    assert said["bookable"] is False
    assert [(reason["code"], reason["field"], reason["earliest"]) for reason in said["reasons"]] == [
        ("closed_at_start", "from", "2026-07-06T08:00"),
        ("closed_at_end", "to", None),
    ]


def test_the_next_possible_end_when_only_the_end_is_at_fault(bike, api) -> None:
    OpeningException.objects.create(listing=bike, date="2026-07-05", hours=())

    said = api(None).get(address(bike), {"from": "2026-07-04T10:00", "to": "2026-07-05T12:00"}).json()

    assert [(reason["code"], reason["earliest"]) for reason in said["reasons"]] == [
        ("closed_at_end", "2026-07-06T08:00")
    ]


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({}, "from", "required"),
        ({"from": "2026-07-04T10:00"}, "to", "required"),
        ({"from": "2026-07-04 10:00", "to": "2026-07-05T10:00"}, "from", "invalid"),
        ({"from": "2026-07-04T10:00Z", "to": "2026-07-05T10:00"}, "from", "invalid"),
        ({"from": "x" * 10_000, "to": "2026-07-05T10:00"}, "from", "invalid"),
        ({"from": "2026-07-04T10:15", "to": "2026-07-05T10:00"}, "from", "off_grid"),
        ({"from": "2026-07-04T10:00", "to": "2026-07-04T10:00"}, "to", "end_before_start"),
        ({"from": "2026-07-04T10:00", "to": "2025-07-04T10:00"}, "to", "end_before_start"),
        ({"from": "2026-07-04T10:00", "to": "2036-07-04T10:00"}, "to", "too_far_apart"),
        ({"from": "1999-01-01T00:00", "to": "1999-01-02T00:00"}, "from", "time_out_of_range"),
        ({"from": "2027-03-28T02:30", "to": "2027-03-29T10:00"}, "from", "time_does_not_exist"),
        ({"from": "2027-03-27T10:00", "to": "2027-03-28T02:30"}, "to", "time_does_not_exist"),
        (WEEKEND | {"colour": "red"}, "colour", "unknown_field"),
    ],
)
def test_nonsense_is_refused_by_field(bike, api, asked: dict[str, str], field: str, code: str) -> None:
    answer = api(None).get(address(bike), asked)

    assert answer.status_code == 400
    assert answer.json()["fields"][field][0]["code"] == code


def test_saying_a_thing_twice_is_refused(bike, api) -> None:
    answer = api(None).get(address(bike) + "?from=2026-07-04T10:00&from=2026-07-05T10:00&to=2026-07-06T10:00")

    assert answer.status_code == 400
    assert answer.json()["fields"]["from"][0]["code"] == "repeated"


def test_a_paused_bike_has_a_quote_for_its_owner_alone(bike, api, alice, bob) -> None:
    Listing.objects.filter(pk=bike.pk).update(status=Status.PAUSED)

    assert api(None).get(address(bike), WEEKEND).status_code == 404
    assert api(bob).get(address(bike), WEEKEND).status_code == 404
    said = api(alice).get(address(bike), WEEKEND).json()
    assert [reason["code"] for reason in said["reasons"]] == ["not_published"]


def test_a_draft_without_a_price_has_none(db, api, alice) -> None:
    answer = api(alice).get(address(listings.draft()), WEEKEND)

    assert (answer.status_code, answer.json()["code"]) == (409, "not_published")


def test_an_unknown_listing(db, api) -> None:
    assert api(None).get(f"/api/listings/{uuid4()}/quote", WEEKEND).status_code == 404


def test_five_queries(bike, api) -> None:
    with CaptureQueriesContext(connection) as queries:
        api(None).get(address(bike), WEEKEND)

    # The client's turn, the listing, its other prices, its extras, the verdict.
    assert len(queries) == 5
