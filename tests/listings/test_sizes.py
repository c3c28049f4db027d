"""The sizing table: which riders a bike fits, as shops publish it."""

from itertools import pairwise

import pytest

from listings.choices import Category, FrameSize
from listings.sizing import sizes_for, sizes_of, suggest_heights
from tests.factories import listings


@pytest.mark.parametrize(
    ("category", "known", "riders"),
    [
        ("city", {"frame_size": "M"}, (170, 180)),
        ("road", {"frame_size_cm": 54}, (170, 180)),
        ("gravel", {"frame_size_cm": 47}, (150, 160)),
        ("mountain", {"frame_size_cm": 54}, (190, 200)),
        ("city", {"frame_size_cm": 54}, (170, 180)),
        ("trekking", {"frame_size_cm": 59}, (190, 200)),
        ("", {"frame_size_cm": 47}, (160, 170)),
        # The maker's letter goes first.
        ("mountain", {"frame_size": "L", "frame_size_cm": 44}, (180, 190)),
        ("city", {"frame_size_cm": 80}, None),
        ("city", {"frame_size_cm": 10}, None),
        ("city", {}, None),
        ("folding", {"frame_size_cm": 47}, None),
        ("folding", {"frame_size": "M"}, (170, 180)),
        ("kids", {"wheel_size": "20″"}, (120, 130)),
        ("kids", {"wheel_size": " 16 pouces"}, (105, 120)),
        ("kids", {"wheel_size": "24 x 1.75"}, (127, 142)),
        ("kids", {"wheel_size": "700c"}, None),
        ("kids", {"wheel_size": "²⁰"}, None),
        ("kids", {"wheel_size": "28″"}, None),
        ("kids", {"frame_size": "M"}, None),
        ("kids", {}, None),
        # Wheels say nothing of grown-ups.
        ("city", {"wheel_size": "20″"}, None),
    ],
)
def test_what_is_known_of_a_bike_suggests_its_riders(category, known, riders):
    assert suggest_heights(category, **known) == riders


@pytest.mark.parametrize("category", Category.values)
def test_every_category_has_a_table_that_rises_without_holes(category):
    sizes = sizes_of(category)
    assert [size.letter for size in sizes] in ([*FrameSize.values], [""] * 6)
    for size, larger in pairwise(sizes):
        assert size.rider[0] < larger.rider[0] <= size.rider[1] < larger.rider[1]
        if size.frame and larger.frame:
            assert larger.frame[0] == size.frame[1] + 1
        if size.wheel and larger.wheel:
            assert size.wheel < larger.wheel


@pytest.mark.parametrize(
    ("category", "height", "letters"),
    [("city", 172, ["M"]), ("city", 170, ["S", "M"]), ("city", 149, []), ("city", 211, []), ("kids", 128, ["", ""])],
)
def test_the_sizes_for_a_rider(category, height, letters):
    assert [size.letter for size in sizes_for(category, height)] == letters


@pytest.mark.parametrize("who", ["alice", None])
def test_the_table_is_open_to_everybody(api, request, who):
    client = api(request.getfixturevalue(who) if who else None)
    answer = client.get("/api/sizes", {"category": "city", "height": 172})
    assert answer.status_code == 200
    assert answer.json() == {
        "results": [{"letter": "M", "frame": {"from": 51, "to": 54}, "wheel": None, "rider": {"from": 170, "to": 180}}]
    }
    kids = client.get("/api/sizes", {"category": "kids"}).json()["results"]
    assert kids[0] == {"letter": "", "frame": None, "wheel": 12, "rider": {"from": 88, "to": 100}}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "category"),
        ({"category": "boat"}, "category"),
        ({"category": ["city", "road"]}, "category"),
        ({"category": "city", "height": "tall"}, "height"),
        ({"category": "city", "height": "9" * 400}, "height"),
        ({"category": "city", "height": 59}, "height"),
        ({"category": "city", "colour": "red"}, "colour"),
    ],
)
def test_nonsense_is_refused_by_name(api, query, field):
    answer = api(None).get("/api/sizes", query)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_an_owner_is_told_the_suggestion_at_once(api, alice):
    bike = listings.draft(alice, category="mountain")
    client, page = api(alice), f"/api/my/listings/{bike.uuid}"
    assert client.get(page).json()["suggested_rider_height"] is None
    changed = client.patch(page, {"frame_size_cm": 45}).json()
    assert changed["suggested_rider_height"] == {"from": 170, "to": 180}
    assert changed["rider_height"] is None
