"""Whatever JSON comes in any field: an answer that says why, never an error nobody foresaw."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.models import Listing
from listings.serializers.changes import ListingChanges
from tests.factories import listings

FUZZ = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["", "nan", "2027-07-05", "2027-07-05T10:00", "09:00", "EUR", "city", "١٢"])
)
keys = st.text(max_size=5) | st.sampled_from(
    ["from", "to", "lat", "lon", "amount", "currency", "day", "date", "hours", "kind", "price", "id", "1", "overrides"]
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=8
)
bodies = st.dictionaries(st.sampled_from(sorted(ListingChanges().fields)), anything, max_size=3) | anything


@FUZZ
@given(bodies)
def test_any_json_is_answered(api, alice, body):
    listing = listings.draft(alice)
    before = Listing.objects.values().get(pk=listing.pk)
    answer = api(alice).patch(f"/api/my/listings/{listing.uuid}", body, format="json")

    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert answer.json()["code"]
        assert Listing.objects.values().get(pk=listing.pk) == before


@FUZZ
@given(bodies)
def test_any_json_is_answered_for_a_stretch_of_own_use(api, alice, body):
    listing = listings.draft(alice)
    answer = api(alice).post(f"/api/my/listings/{listing.uuid}/blocks", body, format="json")

    assert answer.status_code == 400
    assert not listing.blocks.exists()


@FUZZ
@given(st.fixed_dictionaries({"from": anything, "to": anything, "note": anything}))
def test_any_json_is_answered_in_every_field_of_own_use(api, alice, body):
    listing = listings.draft(alice)

    assert api(alice).post(f"/api/my/listings/{listing.uuid}/blocks", body, format="json").status_code == 400


@FUZZ
@given(anything)
def test_any_order_of_photos_is_answered(api, alice, body):
    listing = listings.draft(alice)
    answer = api(alice).put(f"/api/my/listings/{listing.uuid}/photos/order", {"ids": body}, format="json")

    assert answer.status_code in (200, 400)
