"""PATCH /api/my/listings/{id}."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bikeens.core import clock
from listings.geo import LatLon
from listings.models import Extra, Listing, OwnerPlace
from tests.factories import listings


def url(listing):
    return f"/api/my/listings/{listing.uuid}"


def eur(cents):
    return {"amount": cents, "currency": "EUR"}


@pytest.fixture
def draft(alice):
    return listings.draft(alice)


@pytest.fixture
def listing(alice):
    return listings.listing(alice)


def everything(listing):
    """The listing and all that hangs on it, as the database has it."""
    row = Listing.objects.filter(pk=listing.pk).values().get()
    related = [
        list(getattr(listing, name).order_by("id").values())
        for name in ("extras", "price_overrides", "opening_exceptions", "photos")
    ]
    return row, related


ALL = {
    "title": "Moustache Samedi",
    "description": "Charged overnight.\nBring it back dry.",
    "house_rules": "No beach.",
    "languages": ["fr", "ca"],
    "category": "trekking",
    "electric": True,
    "battery_range_km": 90,
    "motor": "Bosch Performance Line",
    "brand": "Moustache",
    "model": "Samedi 28",
    "year": 2024,
    "frame_size": "L",
    "frame_size_cm": 53,
    "rider_height": {"from": 170, "to": 190},
    "wheel_size": "28″",
    "gears": 10,
    "brakes": "hydraulic_disc",
    "weight_kg": 24.5,
    "colour": "bottle green",
    "included": ["lock", "charger"],
    "deposit": eur(0),
    "opening_hours": {"1": [["14:00", "19:00"], ["09:00", "12:30"]], "6": [["08:30", "24:00"]]},
    "opening_exceptions": [{"date": "2026-12-25", "hours": []}, {"date": "2026-12-24", "hours": [["09:00", "12:00"]]}],
    "lead_time_h": 12,
    "horizon_days": 60,
    "shortest_h": 4,
    "longest_days": 14,
    "buffer_min": 60,
    "instant": True,
    "policy": "flexible",
    "safety": {"brakes": True, "tyres": True, "chain": True, "lights": False, "last_service": "2026-10-01"},
    "address": "3 quai d’Alsace, 11100 Narbonne",
    "exact_point": {"lat": 43.1839, "lon": 3.0044},
    "frame_number": "M24-0099",
    "bicycode": "BC99887766",
    "value": eur(320000),
}
PRICES = {
    "hour": eur(700),
    "day": eur(3500),
    "discount_7": 10,
    "discount_28": 25,
    "overrides": [{"date": "2026-12-31", "day": eur(5000)}],
}
EXTRAS = [
    {"kind": "helmet", "name": "", "price": eur(200), "per": "booking", "most": 2},
    {"kind": "delivery", "name": "To the station", "price": eur(900), "per": "booking", "radius_km": 5},
]


def test_everything_can_be_told_and_is_read_back(api, alice, draft):
    answer = api(alice).patch(url(draft), {**ALL, "prices": PRICES, "extras": EXTRAS})

    assert answer.status_code == 200, answer.json()
    body = api(alice).get(url(draft)).json()
    assert answer.json() == body
    asked = {name: value for name, value in ALL.items() if name != "deposit"}
    asked["opening_hours"] = {"1": [["09:00", "12:30"], ["14:00", "19:00"]], "6": [["08:30", "24:00"]]}
    asked["opening_exceptions"] = sorted(ALL["opening_exceptions"], key=lambda one: one["date"])
    assert {name: body[name] for name in asked} == asked
    assert body["prices"] == PRICES
    assert [(one["kind"], one["name"], one["price"], one["per"], one["most"]) for one in body["extras"]] == [
        ("helmet", "", eur(200), "booking", 2),
        ("delivery", "To the station", eur(900), "booking", 1),
    ]
    assert body["extras"][1]["radius_km"] == 5
    draft.refresh_from_db()
    assert [str(extra) for extra in draft.extras.all()] == ["Helmet", "To the station"]
    assert (body["town"], body["time_zone"]) == ("Narbonne", "Europe/Paris")
    assert [one["field"] for one in body["missing"]] == ["photos", "safety"]


def test_what_is_not_named_stays(api, alice, listing):
    before = everything(listing)
    answer = api(alice).patch(url(listing), {"prices": {"hour": None}})

    assert answer.status_code == 200
    row, related = everything(listing)
    assert row.pop("price_hour") is None
    assert before[0].pop("price_hour") == 400
    assert row.pop("updated_at") > before[0].pop("updated_at")
    assert (row, related) == before


def test_nothing_changes_nothing(api, alice, draft):
    assert api(alice).patch(url(draft), {}).status_code == 200


TOO_LONG = "a" * 81


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"title": TOO_LONG}, "title", "max_length"),
        ({"title": None}, "title", "null"),
        ({"description": "a" * 4001}, "description", "max_length"),
        ({"category": "rocket"}, "category", "invalid_choice"),
        ({"colour": ["red"]}, "colour", "invalid"),
        ({"electric": "perhaps"}, "electric", "invalid"),
        ({"year": 1879}, "year", "min_value"),
        ({"year": 2028}, "year", "invalid"),
        ({"gears": 0}, "gears", "min_value"),
        ({"gears": 3.5}, "gears", "invalid"),
        ({"gears": "three"}, "gears", "invalid"),
        ({"gears": 10**30}, "gears", "max_value"),
        ({"weight_kg": 0.5}, "weight_kg", "min_value"),
        ({"weight_kg": "nan"}, "weight_kg", "invalid"),
        ({"rider_height": {"from": 190, "to": 170}}, "rider_height.to", "invalid"),
        ({"rider_height": {"from": 160}}, "rider_height.to", "required"),
        ({"rider_height": {"from": 20, "to": 170}}, "rider_height.from", "min_value"),
        ({"languages": ["zz"]}, "languages", "unknown_language"),
        ({"included": ["sofa"]}, "included.0", "invalid_choice"),
        ({"prices": {"day": eur(99)}}, "prices.day", "bounds"),
        ({"prices": {"day": eur(100_001)}}, "prices.day", "bounds"),
        ({"prices": {"day": 20}}, "prices.day", "invalid"),
        ({"prices": {"day": {"amount": 20.5, "currency": "EUR"}}}, "prices.day", "invalid"),
        ({"prices": {"day": {"amount": 2000, "currency": "CHF"}}}, "prices.day", "currency"),
        ({"prices": {"discount_7": 81}}, "prices.discount_7", "max_value"),
        ({"prices": {"week": eur(5000)}}, "prices.week", "unknown_field"),
        ({"prices": {"overrides": [{"date": "soon", "day": eur(500)}]}}, "prices.overrides.0.date", "invalid"),
        ({"deposit": eur(30000)}, "deposit", "bounds"),
        ({"value": eur(-1)}, "value", "bounds"),
        ({"opening_hours": {"0": []}}, "opening_hours", "invalid"),
        ({"opening_hours": {"1": "always"}}, "opening_hours", "invalid"),
        ({"opening_hours": {"1": [["09:00"]]}}, "opening_hours", "invalid"),
        ({"opening_hours": {"1": [["9:00", "12:00"]]}}, "opening_hours", "invalid"),
        ({"opening_hours": {"1": [["12:00", "09:00"]]}}, "opening_hours", "order"),
        ({"opening_hours": {"1": [["09:10", "12:00"]]}}, "opening_hours", "grid"),
        ({"opening_hours": {"1": [["24:30", "25:00"]]}}, "opening_hours", "invalid"),
        ({"opening_hours": {"1": [["01:00", "02:00"]] * 5}}, "opening_hours", "many"),
        ({"opening_exceptions": [{"date": "2026-02-30", "hours": []}]}, "opening_exceptions.0.date", "invalid"),
        ({"horizon_days": 81}, "horizon_days", "max_value"),
        ({"longest_days": 0}, "longest_days", "min_value"),
        ({"buffer_min": 45}, "buffer_min", "invalid"),
        ({"shortest_h": 49, "longest_days": 2}, "shortest_h", "invalid"),
        ({"lead_time_h": 24, "horizon_days": 1}, "lead_time_h", "invalid"),
        ({"safety": {"last_service": "2027-01-01"}}, "safety.last_service", "invalid"),
        ({"safety": {"bell": True}}, "safety.bell", "unknown_field"),
        ({"exact_point": {"lat": 85.5, "lon": 3}}, "exact_point.lat", "max_value"),
        ({"exact_point": {"lat": 43, "lon": 181}}, "exact_point.lon", "max_value"),
        ({"exact_point": {"lat": "nan", "lon": 3}}, "exact_point.lat", "invalid"),
        ({"exact_point": {"lat": 43}}, "exact_point.lon", "required"),
        ({"exact_point": {"lat": 0, "lon": -30}}, "exact_point", "invalid"),
        ({"extras": [{"kind": "delivery", "price": eur(500)}]}, "extras.0.radius_km", "invalid"),
        ({"extras": [{"kind": "helmet", "price": eur(500), "radius_km": 5}]}, "extras.0.radius_km", "invalid"),
        ({"extras": [{"kind": "helmet", "price": eur(50_001)}]}, "extras.0.price", "bounds"),
        ({"extras": [{"kind": "helmet"}]}, "extras.0.price", "required"),
        ({"extras": [{"kind": "other", "name": " ", "price": eur(500)}]}, "extras.0.name", "invalid"),
        ({"extras": [{"kind": "helmet", "price": eur(500), "most": 11}]}, "extras.0.most", "max_value"),
        ({"extras": [{"kind": "helmet", "price": eur(500)}] * 13}, "extras", "max_length"),
        ({"status": "published"}, "status", "unknown_field"),
        ({"owner": "me"}, "owner", "unknown_field"),
        ({"point": {"lat": 1, "lon": 1}}, "point", "unknown_field"),
        ({"time_zone": "Europe/Paris"}, "time_zone", "unknown_field"),
        ({"currency": "CHF"}, "currency", "unknown_field"),
    ],
)
def test_what_cannot_be_used_names_its_field_and_changes_nothing(api, alice, listing, body, field, code):
    before = everything(listing)
    answer = api(alice).patch(url(listing), {"title": "New", **body})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]
    assert [one["code"] for one in answer.json()["fields"][field]] == [code]
    assert everything(listing) == before


def test_a_body_that_is_no_object_is_refused(api, alice, listing):
    before = everything(listing)

    assert api(alice).patch(url(listing), ["title"]).status_code == 400
    assert api(alice).patch(url(listing), "{", content_type="application/json").status_code == 400
    assert everything(listing) == before


INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e"


@pytest.mark.parametrize("text", ["\u200b", INVISIBLE, " \u2060 ", "\u200d\u200d", "\ufe0f", "\u0301\u20dd"])
@pytest.mark.parametrize("field", ["title", "address"])
def test_a_text_of_nothing_to_see_is_none(api, alice, listing, draft, field, text):
    before = getattr(listing, field)
    answer = api(alice).patch(url(listing), {field: text})

    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (409, "incomplete", [field])
    listing.refresh_from_db()
    assert getattr(listing, field) == before
    assert api(alice).patch(url(draft), {field: text}).json()[field] == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"Gi{INVISIBLE}tane", "Gitane"),
        ("👩‍👩‍👧 cargo 🧑🏽‍🚀", "👩‍👩‍👧 cargo 🧑🏽‍🚀"),
        ("❤️‍🔥 ⛹️‍♀️", "❤️‍🔥 ⛹️‍♀️"),
        ("🚲\u200d", "🚲"),
        ("\u200d🚲", "🚲"),
        ("a\u200db 🚲\u200d b", "ab 🚲 b"),
    ],
)
def test_a_joiner_stays_within_an_emoji_alone(api, alice, draft, typed, kept):
    assert api(alice).patch(url(draft), {"title": typed}).json()["title"] == kept


def test_texts_lose_control_characters_and_keep_html_as_text(api, alice, draft):
    title = "  <b>Vélo\x00\x07</b>\n à ’louer‘ 🚲 "
    lines = "One\r\ntwo\u0085\x1b[31m\tthree"
    body = api(alice).patch(url(draft), {"title": title, "description": lines}).json()

    assert body["title"] == "<b>Vélo</b>  à ’louer‘ 🚲"
    assert body["description"] == "One\ntwo[31m\tthree"


def test_hours_that_touch_become_one_stretch(api, alice, draft):
    hours = {"3": [["12:00", "18:00"], ["08:00", "12:00"], ["17:00", "19:30"]]}
    body = api(alice).patch(url(draft), {"opening_hours": hours}).json()

    assert body["opening_hours"] == {"3": [["08:00", "19:30"]]}
    assert api(alice).get(url(draft)).json()["opening_hours"] == {"3": [["08:00", "19:30"]]}


def test_lists_are_replaced_as_a_whole(api, alice, listing):
    client = api(alice)
    client.patch(url(listing), {"extras": EXTRAS, "prices": PRICES})
    helmet = client.get(url(listing)).json()["extras"][0]
    seat = {"kind": "child_seat", "price": eur(300), "per": "day"}
    dearer = {"id": helmet["id"], "kind": "helmet", "price": eur(250), "per": "booking", "most": 2}
    body = client.patch(url(listing), {"extras": [seat, dearer], "prices": {"overrides": []}}).json()

    assert [(one["kind"], one["price"]) for one in body["extras"]] == [("child_seat", eur(300)), ("helmet", eur(250))]
    assert body["extras"][1]["id"] == helmet["id"]
    assert body["prices"]["overrides"] == []
    assert Extra.objects.count() == 2


def test_somebody_elses_extra_cannot_be_taken(api, alice, bob, listing):
    theirs = Extra.objects.create(listing=listings.listing(bob), kind="helmet", price_cents=100)
    before = everything(listing)
    answer = api(alice).patch(
        url(listing), {"extras": [{"id": str(theirs.uuid), "kind": "helmet", "price": eur(0)}], "title": "New"}
    )

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["extras.0.id"])
    assert everything(listing) == before
    theirs.refresh_from_db()
    assert theirs.price_cents == 100


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": " "}, "title"),
        ({"category": ""}, "category"),
        ({"rider_height": None}, "rider_height"),
        ({"prices": {"day": None}}, "prices.day"),
        ({"opening_hours": {}}, "opening_hours"),
        ({"exact_point": None}, "exact_point"),
        ({"address": ""}, "address"),
        ({"safety": {"brakes": False}}, "safety"),
    ],
)
def test_a_published_listing_stays_complete(api, alice, listing, body, field):
    before = everything(listing)
    answer = api(alice).patch(url(listing), {"brand": "Other", **body})

    assert (answer.status_code, answer.json()["code"]) == (409, "incomplete")
    assert list(answer.json()["fields"]) == [field]
    assert everything(listing) == before


def test_moving_a_draft_moves_its_town_and_zone(api, alice, draft):
    client = api(alice)
    client.patch(url(draft), {"exact_point": {"lat": 43.1843, "lon": 3.0031}})
    body = client.patch(url(draft), {"exact_point": {"lat": 51.5074, "lon": -0.1278}}).json()

    assert body["time_zone"] == "Europe/London"
    assert body["town"] != "Narbonne"
    body = client.patch(url(draft), {"exact_point": None}).json()
    assert (body["town"], body["time_zone"], body["point"]) == ("", "", None)
    assert OwnerPlace.objects.count() == 0


def test_moving_a_published_listing_100_metres_does_not_move_its_public_point(api, alice, listing):
    before = api(alice).get(url(listing)).json()["point"]
    body = api(alice).patch(url(listing), {"exact_point": {"lat": 43.1852, "lon": 3.0031}}).json()

    assert body["exact_point"] == {"lat": 43.1852, "lon": 3.0031}
    assert body["point"] == before


def test_a_published_listing_that_moves_house_gets_a_new_place(api, alice, listing):
    before = api(alice).get(url(listing)).json()["point"]
    body = api(alice).patch(url(listing), {"exact_point": {"lat": 43.6108, "lon": 3.8767}}).json()

    assert body["town"] == "Montpellier"
    assert body["point"] != before
    assert OwnerPlace.objects.count() == 2


def test_next_years_model_is_not_from_the_future(api, alice, draft):
    year = clock.now().year
    assert api(alice).patch(url(draft), {"year": year + 1}).status_code == 200
    assert api(alice).patch(url(draft), {"year": year + 2}).status_code == 400


def test_a_service_may_have_been_today(api, alice, draft):
    clock.travel_to(datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
    today = clock.now().date()
    later = (today + timedelta(days=1)).isoformat()
    assert api(alice).patch(url(draft), {"safety": {"last_service": today.isoformat()}}).status_code == 200
    assert api(alice).patch(url(draft), {"safety": {"last_service": later}}).status_code == 400
    draft.refresh_from_db()
    assert draft.last_service_date == date.fromisoformat(today.isoformat())


@pytest.mark.parametrize("who", ["bob", None])
def test_only_the_owner_changes_a_listing(api, listing, request, who):
    before = everything(listing)
    person = request.getfixturevalue(who) if who else None
    answer = api(person).patch(url(listing), {"title": "Mine"})

    assert answer.status_code == (404 if who else 401)
    assert everything(listing) == before


@pytest.mark.parametrize(
    ("at", "zone", "utc", "taken"),
    [
        # Réunion is four hours ahead of UTC, Montréal five behind, Narbonne one ahead.
        (LatLon(-21.1, 55.5), "Indian/Reunion", datetime(2026, 11, 25, 21, 0, tzinfo=UTC), True),
        (listings.NARBONNE, "Europe/Paris", datetime(2026, 11, 25, 23, 30, tzinfo=UTC), True),
        (listings.NARBONNE, "Europe/Paris", datetime(2026, 11, 25, 22, 30, tzinfo=UTC), False),
        (LatLon(45.5, -73.57), "America/Toronto", datetime(2026, 11, 26, 1, 0, tzinfo=UTC), False),
    ],
)
def test_the_last_service_may_be_today_where_the_bike_is(api, alice, at, zone, utc, taken):
    clock.travel_to(utc)
    listing = listings.listing(alice, at=at, time_zone=zone)
    answer = api(alice).patch(url(listing), {"safety": {"last_service": "2026-11-26"}})

    assert answer.status_code == (200 if taken else 400)
    assert taken or list(answer.json()["fields"]) == ["safety.last_service"]
    listing.refresh_from_db()
    assert listing.last_service_date == (date(2026, 11, 26) if taken else None)
