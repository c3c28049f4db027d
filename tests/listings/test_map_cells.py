"""The map's kept cells: whatever happens to listings, after the job they are what counting anew gives."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bikeens.core.errors import DomainError
from listings import actions, geo
from listings.actions import Changes
from listings.choices import Category
from listings.geo import LatLon, Mercator
from listings.grid import CUT, HIGHEST, LOWEST, MOST_TILES, Cell, cell_at, cell_of, tiles, zoom_for
from listings.models import Listing, MapCell, MapMark
from listings.tasks import refresh_map
from tests.factories import listings, people

# Narbonne, its beach, and a town in another country: some share cells, some do not.
DOORS = [LatLon(43.1843, 3.0031), LatLon(43.1850, 3.0050), LatLon(43.1667, 3.1667), LatLon(41.9831, 2.8249)]

doors = st.sampled_from(DOORS)
which = st.integers(0, 4)
changes = st.one_of(
    st.tuples(st.sampled_from(["pause", "resume", "suspend", "unsuspend", "remove"]), which, st.none()),
    st.tuples(st.just("move"), which, doors),
    st.tuples(st.just("price_day"), which, st.integers(500, 9000)),
    st.tuples(st.just("category"), which, st.sampled_from(Category.values)),
    st.tuples(st.just("electric"), which, st.booleans()),
    st.tuples(st.just("instant"), which, st.booleans()),
    st.tuples(st.just("title"), which, st.just("Another name")),
    st.tuples(st.just("job"), which, st.none()),
)
ACTIONS = {
    "pause": actions.pause_listing,
    "resume": actions.resume_listing,
    "remove": actions.remove_listing,
    "unsuspend": actions.unsuspend_listing,
}


def kept() -> list[tuple[object, ...]]:
    fields = [field.name for field in MapCell._meta.get_fields() if field.name != "pk"]
    return [
        tuple(tuple(value) if isinstance(value, list) else value for value in row)
        for row in MapCell.objects.order_by("zoom", "tile", "cell", "currency").values_list(*fields)
    ]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def change(listing: Listing, what: str, value: object) -> None:
    if what == "suspend":
        actions.suspend_listing(listing=listing, reason="Checking")
    elif what == "move":
        actions.update_listing(
            listing=listing, changes=Changes(columns={"exact_point": geo.to_mercator(value), "address": "There"})
        )
    elif what in ACTIONS:
        ACTIONS[what](listing=listing)
    else:
        actions.update_listing(listing=listing, changes=Changes(columns={what: value}))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    starts=st.lists(doors, min_size=5, max_size=5),
    steps=st.lists(changes, min_size=1, max_size=14),
)
def test_what_is_kept_is_what_is_counted_anew(db, starts, steps) -> None:
    with undone():
        owner = people.alice()
        made = [listings.listing(owner, at=door, photos=1) for door in starts]
        actions.rebuild_map()
        for what, number, value in steps:
            if what == "job":
                actions.refresh_map()
                continue
            try:
                change(made[number], what, value)
            except DomainError:
                continue
        actions.refresh_map()
        after_the_job = kept()

        actions.rebuild_map()

        assert after_the_job == kept()
        published = Listing.objects.filter(status="published").count()
        for zoom in (LOWEST, HIGHEST):
            assert sum(MapCell.objects.filter(zoom=zoom).values_list("bikes", flat=True)) == published
        assert not MapMark.objects.exists()


def test_a_change_counts_after_the_minute_s_job(alice) -> None:
    made = listings.listing(alice, price_day=1500)
    assert kept() == []
    actions.update_listing(listing=made, changes=Changes(columns={"price_day": 1200}))
    assert kept() == []

    refresh_map(0)

    cell = MapCell.objects.get(zoom=HIGHEST)
    public = Listing.objects.get(pk=made.pk).public_point
    assert cell_at(cell.zoom, cell.tile, cell.cell) == cell_of(public, HIGHEST)
    assert (cell.bikes, cell.price_from, cell.currency) == (1, 1200, "EUR")
    assert (cell.east, cell.north) == (round(public.x), round(public.y))
    assert MapCell.objects.count() == HIGHEST - LOWEST + 1


def test_what_the_map_does_not_count_marks_nothing(alice) -> None:
    made = listings.listing(alice)

    actions.update_listing(listing=made, changes=Changes(columns={"title": "Another name", "price_hour": 300}))
    actions.update_listing(listing=listings.draft(alice), changes=Changes(columns={"price_day": 1200}))

    assert not MapMark.objects.exists()


def test_marks_are_taken_batch_by_batch(alice, monkeypatch) -> None:
    monkeypatch.setattr("listings.actions.map_cells.BATCH", 2)
    for door in DOORS:
        actions.pause_listing(listing=listings.listing(alice, at=door))
    MapMark.objects.create(x=1, y=1)

    assert actions.refresh_map() == 5
    assert not MapMark.objects.exists()


def test_the_command_counts_what_was_loaded_past_the_actions(alice) -> None:
    listings.listing(alice)

    call_command("rebuild_map")

    assert MapCell.objects.get(zoom=LOWEST).bikes == 1


edge = geo.WORLD_M / 2
coordinates = st.one_of(st.floats(-edge, edge), st.sampled_from([-edge, edge, 0.0, edge / 2**15]))


@given(x=coordinates, y=coordinates, zoom=st.integers(LOWEST, 18))
def test_a_point_lies_in_its_cell_and_a_cell_in_its_parent(x, y, zoom) -> None:
    cell = cell_of(Mercator(x, y), zoom)
    low, high = cell.box()

    assert low.x - 1e-6 <= x <= high.x + 1e-6
    assert low.y - 1e-6 <= y <= high.y + 1e-6
    if zoom <= HIGHEST:
        assert cell_at(zoom, cell.tile, cell.place) == cell
    if zoom > LOWEST:
        assert cell_of(Mercator(x, y), zoom - 1) == Cell(zoom - 1, cell.x >> 1, cell.y >> 1)


@given(
    west=st.floats(-180, 180),
    east=st.floats(-180, 180),
    south=st.floats(-85, 84),
    height=st.floats(1e-6, 170),
    zoom=st.integers(5, 18),
)
def test_no_box_needs_more_than_so_many_tiles(west, east, south, height, zoom) -> None:
    parts = geo.boxes(LatLon(south, west), LatLon(min(85.0, south + height), east))

    coarse = zoom_for(parts, zoom)

    assert LOWEST <= coarse <= min(zoom, HIGHEST)
    assert sum(len(list(tiles(part, coarse))) for part in parts) <= MOST_TILES * len(parts)
    assert all(0 <= tile < 4**coarse for part in parts for tile in tiles(part, coarse))


@pytest.mark.parametrize("zoom", [LOWEST, HIGHEST])
def test_the_corners_of_the_world_have_cells(zoom) -> None:
    last = 2 ** (zoom + CUT) - 1

    assert cell_of(Mercator(-edge, edge), zoom) == Cell(zoom, 0, 0)
    assert cell_of(Mercator(edge, -edge), zoom) == Cell(zoom, last, last)
