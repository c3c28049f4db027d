"""Whatever stands after the question mark, the public addresses answer 200, 400 or 404."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import listings

moments = st.sampled_from(
    ["2026-07-04T10:00", "2027-03-28T02:30", "2199-12-31T23:30", "2000-01-01T00:00", "2026-10-25T02:30"]
)
dates = st.dates().map(lambda day: f"{day}T10:00")
numbers = st.integers().map(str) | st.floats().map(str)
points = st.tuples(st.floats(-90, 90), st.floats(-200, 200)).map(lambda pair: f"{pair[0]:.5f},{pair[1]:.5f}")
boxes = st.tuples(points, points).map(",".join)
anything = st.one_of(
    st.text(max_size=40), numbers, points, boxes, moments, dates, st.sampled_from(["true", "fit", "city"])
)
SEARCH = ["near", "place", "bbox", "radius", "from", "to", "category", "electric", "height", "price_max", "extras"]
SEARCH += ["instant", "sort", "cursor", "other"]
ANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def bike(db: None):
    return listings.listing()


def check(client, path: str, asked: dict[str, str]) -> None:
    answer = client.get(path, asked)
    assert answer.status_code in (200, 400, 404), answer.content
    if answer.status_code != 200:
        assert answer.json()["code"]


@ANY
@given(
    st.dictionaries(st.sampled_from(SEARCH), anything, max_size=5),
    st.fixed_dictionaries({}, optional={"near": points, "bbox": boxes, "from": moments | dates, "to": moments | dates}),
)
def test_search(bike, api, wild: dict[str, str], likely: dict[str, str]) -> None:
    check(api(None), "/api/search", wild | likely)


@ANY
@given(
    st.dictionaries(st.sampled_from([*SEARCH, "zoom"]), anything, max_size=4),
    st.fixed_dictionaries({"bbox": boxes, "zoom": st.integers(0, 20).map(str)}, optional={"from": moments | dates}),
)
def test_map(bike, api, wild: dict[str, str], likely: dict[str, str]) -> None:
    check(api(None), "/api/search/map", wild | likely)


@ANY
@given(st.text(max_size=250), st.fixed_dictionaries({}, optional={"near": points, "limit": numbers}))
def test_places(db, api, typed: str, rest: dict[str, str]) -> None:
    check(api(None), "/api/places", {"q": typed} | rest)


@ANY
@given(
    st.fixed_dictionaries({"from": moments | dates | anything, "to": moments | dates | anything}),
    st.fixed_dictionaries({}, optional={"extras": anything}),
)
def test_quote(bike, api, asked: dict[str, str], rest: dict[str, str]) -> None:
    check(api(None), f"/api/listings/{bike.uuid}/quote", asked | rest)


@ANY
@given(
    st.one_of(st.sampled_from(["2026-07", "2100-12", "2199-12", "2000-01", "2026-10"]), anything),
    st.fixed_dictionaries({}, optional={"from": moments | dates | anything}),
)
def test_availability(bike, api, month: str, rest: dict[str, str]) -> None:
    check(api(None), f"/api/listings/{bike.uuid}/availability", {"month": month} | rest)
