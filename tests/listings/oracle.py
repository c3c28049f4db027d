"""Search by brute force: every listing, the exact distance, and the quote's own rule asked of each."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bikeens.accounts.models import User
from bikeens.core.errors import Invalid
from listings import bookable, quoting
from listings.choices import BlockKind, Category, ExtraKind, Included, Status
from listings.geo import WORLD_M, LatLon, Mercator, distance_m, moved, to_latlon, to_mercator
from listings.models import Block, Extra, Listing, OpeningException, OwnerPlace, PriceOverride
from listings.pricing import Stretch, price_of_stretch
from listings.search.query import DEFAULT_RADIUS_M, MAX_RADIUS_M

# Their clocks change by an hour, by an hour at midnight UTC, and by half an hour on the other half of the year.
ZONES = ("Europe/Paris", "Atlantic/Azores", "Australia/Lord_Howe")
BAND_M = 500.0
DAYTIME, ALWAYS, SPLIT = ((480, 1200),), ((0, 1440),), ((540, 720), (840, 1140))
HOURS = (DAYTIME, DAYTIME, DAYTIME, ALWAYS, ALWAYS, SPLIT, (), ((0, 120), (1380, 1440)))
DAYS = 24


@dataclass(frozen=True)
class Asked:
    """One search; `box` is west, south, east, north."""

    near: LatLon | None
    box: tuple[float, float, float, float] | None = None
    radius: int | None = None
    from_local: datetime | None = None
    to_local: datetime | None = None
    categories: tuple[str, ...] = ()
    electric: bool | None = None
    height: int | None = None
    price_max: int | None = None
    extras: tuple[str, ...] = ()
    instant: bool = False
    sort: str = "best"

    def params(self) -> dict[str, str]:
        """As the API takes them."""
        given = {
            "near": f"{self.near.lat:.6f},{self.near.lon:.6f}" if self.near else None,
            "bbox": ",".join(f"{degrees:.4f}" for degrees in self.box) if self.box else None,
            "radius": self.radius,
            "from": f"{self.from_local:%Y-%m-%dT%H:%M}" if self.from_local else None,
            "to": f"{self.to_local:%Y-%m-%dT%H:%M}" if self.to_local else None,
            "category": ",".join(self.categories) or None,
            "electric": None if self.electric is None else str(self.electric).lower(),
            "height": self.height,
            "price_max": self.price_max,
            "extras": ",".join(self.extras) or None,
            "instant": "true" if self.instant else None,
            "sort": self.sort,
        }
        return {name: str(value) for name, value in given.items() if value is not None}


class World:
    """All the listings there are, and what search must say of them."""

    def __init__(self, centre: LatLon, monday: date, *, now: datetime) -> None:
        self.centre = centre
        self.monday = monday
        self.now = now
        rows = Listing.objects.filter(status=Status.PUBLISHED).prefetch_related("price_overrides", "extras")
        self.listings: Sequence[Listing] = rows
        # Each bike's answers to all the asked stretches, asked at once: one query a bike.
        self._totals: Mapping[tuple[datetime, datetime], dict[int, int]] = {}

    def price(self, searches: Sequence[Asked]) -> None:
        """Ask every listing's quote for every stretch; those it refuses are no hits."""
        whens = sorted({(one.from_local, one.to_local) for one in searches if one.from_local and one.to_local})
        self._totals = {when: {} for when in whens}
        for listing in self.listings:
            possible = [(when, found) for when in whens if (found := _stretch(*when, listing.zone))]
            if not possible:
                continue
            decided = bookable.verdicts(listing=listing, stretches=[found for _, found in possible], now=self.now)
            rates, fees = quoting.rates_of(listing), quoting.house_fees()
            for (when, stretch), failed in zip(possible, decided, strict=True):
                if not failed:
                    self._totals[when][listing.pk] = price_of_stretch(rates, stretch, fees=fees).total.amount

    def exists(self, one: Asked) -> bool:
        """Whether any listing's clock knows the asked times."""
        assert one.from_local
        assert one.to_local
        return any(_stretch(one.from_local, one.to_local, zone) for zone in {found.zone for found in self.listings})

    def answer(self, one: Asked) -> list[tuple[str, int | None]]:
        """The hits in their order: id and, with dates, the total in cents."""
        radius = one.radius or DEFAULT_RADIUS_M
        found = self._within(one, radius)
        if not found and one.radius is None and one.box is None:
            found = self._within(one, MAX_RADIUS_M)
        return [(str(listing.uuid), total) for _keys, listing, total in sorted(found, key=lambda hit: hit[0])]

    def _within(self, one: Asked, radius: int) -> list[tuple[tuple[float, ...], Listing, int | None]]:
        found = []
        for listing in self.listings:
            distance = _distance(one, listing, radius)
            if distance is None or not _fits(one, listing, distance):
                continue
            total = None
            if one.from_local and one.to_local:
                total = self._totals[one.from_local, one.to_local].get(listing.pk)
                if total is None or (one.price_max is not None and total > one.price_max):
                    continue
            found.append((_keys(one, listing, distance, total), listing, total))
        return found


def make_world(seed: int, centre: LatLon, monday: date, *, bikes: int, now: datetime) -> World:
    """`bikes` listings around `centre`, the nearer the more, some of them at one door."""
    dice = random.Random(seed)
    owner = User.objects.create(email=f"world{seed}@example.com", name="Ada", date_joined=now)
    spots: list[LatLon] = []
    for _number in range(bikes):
        reach = dice.choice((300, 2_000, 6_000, 6_000, 20_000, 60_000))
        spot = moved(centre, metres=reach * dice.random() ** 0.5, bearing=dice.uniform(0, 6.2832))
        spots.append(dice.choice(spots) if spots and dice.random() < 0.15 else spot)
    places = OwnerPlace.objects.bulk_create(
        OwnerPlace(owner=owner, exact_point=to_mercator(spot), public_point=to_mercator(spot)) for spot in spots
    )
    made = Listing.objects.bulk_create(_bike(dice, place, now) for place in places)
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    OpeningException.objects.bulk_create(
        OpeningException(listing=bike, date=day, hours=dice.choice(HOURS))
        for bike in made
        for day in dice.sample(days, dice.choice((0, 0, 3)))
    )
    PriceOverride.objects.bulk_create(
        PriceOverride(listing=bike, date=day, price_day=dice.randrange(100, 9000))
        for bike in made
        for day in dice.sample(days, dice.choice((0, 0, 5)))
    )
    Extra.objects.bulk_create(extra for bike in made for extra in _extras(dice, bike))
    Block.objects.bulk_create(block for bike in made for block in _blocks(dice, bike, monday, now))
    return World(centre, monday, now=now)


def _bike(dice: random.Random, place: OwnerPlace, now: datetime) -> Listing:
    shortest = dice.choice((60, 145, 160, 175))
    height = dice.random() < 0.85
    ratings = dice.choice((0, 0, 1, 9))
    return Listing(
        owner=place.owner,
        place=place,
        exact_point=place.exact_point,
        public_point=place.public_point,
        status=dice.choice([Status.PUBLISHED] * 9 + [Status.PAUSED]),
        published_at=now,
        title="Gitane",
        category=dice.choice([Category.CITY] * 5 + list(Category.values)),
        electric=dice.random() < 0.3,
        rider_height_from=shortest if height else None,
        rider_height_to=shortest + dice.choice((5, 20, 30)) if height else None,
        included=dice.sample(Included.values, 3),
        time_zone=dice.choice(ZONES),
        price_day=dice.choice((2000, dice.randrange(100, 9000))),
        price_hour=dice.choice((None, dice.randrange(50, 3000))),
        discount_7=dice.choice((0, 10, 80)),
        discount_28=dice.choice((0, 25)),
        opening=tuple(dice.choice(HOURS) for _day in range(7))
        if dice.random() < 0.5
        else (dice.choice(HOURS[:5]),) * 7,
        lead_time_h=dice.choice((0, 0, 2, 48)),
        horizon_days=dice.choice((6, 80, 80)),
        shortest_h=dice.choice((1, 1, 2, 24, 47)),
        longest_days=dice.choice((2, 7, 28)),
        buffer_min=dice.choice((0, 30, 120)),
        instant=dice.random() < 0.5,
        overdue_since=dice.choice((None, None, None, None, now)),
        response_rank=dice.choice((0, 0, 1, 3)),
        rating_count=ratings,
        rating_sum=sum(dice.randint(1, 5) for _rating in range(ratings)),
    )


def _extras(dice: random.Random, bike: Listing) -> list[Extra]:
    kinds = dice.sample(ExtraKind.values, dice.choice((0, 0, 1, 2)))
    return [
        Extra(
            listing=bike, kind=kind, price_cents=300, radius_km=dice.choice((1, 5, 20)) if kind == "delivery" else None
        )
        for kind in kinds
    ]


def _blocks(dice: random.Random, bike: Listing, monday: date, now: datetime) -> list[Block]:
    """One after the other, so that none overlap: the owner's, live and lapsed holds, bookings."""
    found, at = [], datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    for _number in range(dice.choice((0, 1, 2, 4))):
        at += timedelta(minutes=30 * dice.randrange(1, 200))
        end = at + timedelta(minutes=30 * dice.randrange(1, 120))
        kind = dice.choice(("own", "booking", "live", "lapsed"))
        lapses_at = {"live": now + timedelta(minutes=20), "lapsed": now - timedelta(minutes=1)}.get(kind)
        written = BlockKind.HOLD if lapses_at else BlockKind(kind)
        found.append(Block(listing=bike, kind=written, starts_at=at, ends_at=end, lapses_at=lapses_at))
        at = end
    return found


def _stretch(from_local: datetime, to_local: datetime, zone: str) -> Stretch | None:
    try:
        return quoting.checked_stretch(from_local, to_local, zone)
    except Invalid:
        return None


def _distance(one: Asked, listing: Listing, radius: int) -> float | None:
    """What order goes by, None outside: metres on the ground, on a map metres in the plane."""
    public = listing.public
    assert public
    assert listing.public_point
    if one.box is None:
        assert one.near
        metres = distance_m(one.near, public)
        return metres if metres <= radius else None
    west, south, east, north = one.box
    low, high = to_mercator(LatLon(south, west)), to_mercator(LatLon(north, east))
    point = Mercator(*listing.public_point)
    across = low.x <= point.x <= high.x if west < east else point.x >= low.x or point.x <= high.x
    if not (across and low.y <= point.y <= high.y):
        return None
    start = to_mercator(one.near) if one.near else _middle(low, high)
    sideways = abs(point.x - start.x)
    return float(((min(sideways, WORLD_M - sideways)) ** 2 + (point.y - start.y) ** 2) ** 0.5)


def _middle(low: Mercator, high: Mercator) -> Mercator:
    east = high.x if high.x > low.x else high.x + WORLD_M
    return to_mercator(to_latlon(Mercator((low.x + east) / 2, (low.y + high.y) / 2)))


def _fits(one: Asked, listing: Listing, distance: float) -> bool:
    extras = {extra.kind: extra for extra in listing.extras.all()}
    for wanted in one.extras:
        delivery = extras.get("delivery")
        if wanted == "delivery" and one.box is None:
            if delivery is None or (delivery.radius_km or 0) * 1000 < distance:
                return False
        elif wanted not in extras and wanted not in listing.included:
            return False
    if one.height is not None:
        shortest, tallest = listing.rider_height_from, listing.rider_height_to
        if shortest is None or tallest is None or not shortest <= one.height <= tallest:
            return False
    if one.price_max is not None and one.from_local is None and (listing.price_day or 0) > one.price_max:
        return False
    return (
        (not one.categories or listing.category in one.categories)
        and (one.electric is None or listing.electric == one.electric)
        and (listing.instant or not one.instant)
    )


def _keys(one: Asked, listing: Listing, distance: float, total: int | None) -> tuple[float, ...]:
    band = distance // BAND_M
    if one.sort == "nearest":
        return distance, listing.pk
    if one.sort == "best":
        return band, listing.response_rank, distance, listing.pk
    if one.sort == "fit":
        off = abs(2 * (one.height or 0) - (listing.rider_height_from or 0) - (listing.rider_height_to or 0))
        return band, off, distance, listing.pk
    if one.sort == "price":
        return listing.price_day or 0 if total is None else total, distance, listing.pk
    score = (listing.rating_sum * 1000 + 12600) // (listing.rating_count + 3)
    return -score, distance, listing.pk
