"""Made-up bikes, their owners and their calendars, as rows for COPY. Pure: the same seed gives the same rows.

Rows come in chunks of 10,000 listings. A chunk depends on the seed and its number alone, so that several processes make
them side by side, and the smaller data sets are the beginnings of the larger ones.
"""

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

from bikeens.accounts.models import User
from listings import privacy
from listings.geo import LatLon, Mercator, moved, to_mercator

CHUNK = 10_000
BLOCKS_EACH = 5
# What time it is in the data set; whoever uses it moves the clock there. A Monday in summer time.
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = NOW.date()

# The columns that differ from listing to listing. Every other one takes its model's default.
COLUMNS = {
    "accounts_user": "id, uuid, email, name",
    "listings_ownerplace": "id, owner_id, exact_point, public_point",
    "listings_listing": "id, uuid, owner_id, place_id, status, title, description, category, electric, brand,"
    " battery_range_km, frame_size, rider_height_from, rider_height_to, gears, weight_g, included, extra_kinds,"
    " exact_point, public_point, town, time_zone, price_hour, price_day, discount_7, discount_28, opening, lead_time_h,"
    " horizon_days, shortest_h, longest_days, buffer_min, instant, overdue_since, response_rank, rating_sum,"
    " rating_count, published_at",
    "listings_photo": "id, uuid, listing_id, position, width, height, key, widths, digest",
    "listings_extra": "id, uuid, listing_id, kind, price_cents, per, radius_km, position",
    "listings_priceoverride": "listing_id, date, price_day",
    "listings_openingexception": "listing_id, date, hours",
    "listings_block": "id, uuid, listing_id, kind, starts_at, ends_at, lapses_at",
}
NULL = r"\N"

# One bike in 500 comes with a trailer: the rare filter.
RARE_EXTRA, RARE_SHARE = "trailer", 1 / 500
EXTRAS = {  # kind: (share of the bikes, cents, per, delivered within km)
    "helmet": (0.3, 200, "booking", NULL),
    "child_seat": (0.1, 500, "booking", NULL),
    "panniers": (0.12, 300, "day", NULL),
    "delivery": (0.08, 1000, "booking", 8),
    RARE_EXTRA: (RARE_SHARE, 1200, "day", NULL),
}


class Kind(NamedTuple):
    share: float
    electric: float
    price: int
    name: str


KINDS = {
    "city": Kind(0.34, 0.30, 1400, "Vélo de ville"),
    "mountain": Kind(0.16, 0.25, 2800, "VTT"),
    "trekking": Kind(0.15, 0.30, 2000, "Vélo de randonnée"),
    "road": Kind(0.09, 0.03, 2600, "Vélo de route"),
    "kids": Kind(0.07, 0.01, 800, "Vélo enfant"),
    "gravel": Kind(0.06, 0.05, 2800, "Gravel"),
    "folding": Kind(0.05, 0.15, 1500, "Vélo pliant"),
    "cargo": Kind(0.04, 0.70, 4200, "Vélo cargo"),
    "other": Kind(0.03, 0.10, 1500, "Vélo"),
    "tandem": Kind(0.01, 0.10, 3500, "Tandem"),
}
BRANDS = ("Gitane", "Peugeot", "Btwin", "Giant", "Trek", "Lapierre", "Cube", "Moustache", "Brompton", "Motobécane")
WORDS = ("avec panier", "tout confort", "révisé", "pour la voie verte", "presque neuf", "solide", "léger", "du canal")
ABOUT = (
    "Révisé au printemps, pneus neufs, freins réglés. Idéal pour la ville et les bords de l'eau ; la selle se règle"
    " sans outil. Je vous montre les plus beaux détours quand vous venez le chercher."
)
SIZES = {"XS": (145, 160), "S": (155, 168), "M": (165, 178), "L": (175, 188), "XL": (185, 200)}
SIZE_SHARES = (0.08, 0.22, 0.36, 0.26, 0.08)
INCLUDED = ("lock", "helmet", "lights", "pump", "repair_kit", "basket", "panniers", "child_seat", "mudguards")

ALWAYS, DAYTIME, SPLIT = "{[0,1440]}", "{[480,1200]}", "{[540,720],[840,1140]}"
EVENING, WEEKEND, COMMUTE, CLOSED = "{[1080,1260]}", "{[540,1140]}", "{[420,540],[1050,1230]}", "{}"
WEEKS = {  # Monday first, and how usual that is
    (DAYTIME,) * 7: 0.34,
    (SPLIT,) * 6 + (CLOSED,): 0.24,
    (EVENING,) * 5 + (WEEKEND,) * 2: 0.2,
    (COMMUTE,) * 5 + (SPLIT, CLOSED): 0.1,
    (CLOSED,) * 5 + (WEEKEND,) * 2: 0.05,
    (ALWAYS,) * 7: 0.07,
}
OPENINGS = ["{" + ",".join(f'"{day}"' for day in week) + "}" for week in WEEKS]

# How many of each ten bikes' blocks a bike has: some are never asked for, some always; five on average.
BUSY = (0, 2, 3, 4, 5, 5, 6, 7, 8, 10)
# Blocks lie on the half-hour grid from 45 days before NOW until 80 days after.
FIRST_SLOT = NOW - timedelta(days=45)
SLOT_TIMES = [f"{FIRST_SLOT + timedelta(minutes=30 * slot):%Y-%m-%d %H:%M}+00" for slot in range(125 * 48 + 1)]
NOW_SLOT = 45 * 48
LENGTHS = ((4, 16), (48, 144), (192, 336), (480, 700))
LENGTH_SHARES = (0.3, 0.4, 0.24, 0.06)
LAPSED = [f"{NOW - timedelta(minutes=37 * step + 1):%Y-%m-%d %H:%M}+00" for step in range(1, 1200)]
PENDING = f"{NOW + timedelta(days=1):%Y-%m-%d %H:%M}+00"
DATES = [(TODAY + timedelta(days=offset)).isoformat() for offset in range(80)]


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    zone: str
    point: LatLon
    weight: float
    radius_m: float


class Towns:
    """Where the bikes are: towns, drawn by their weight."""

    def __init__(self, towns: Sequence[Town]) -> None:
        self.towns = towns
        self.reached = list(accumulate(town.weight for town in towns))


class _Chunk:
    def __init__(self, number: int, seed: int, towns: Towns) -> None:
        self.dice = random.Random(f"{seed}:{number}")
        self.towns = towns
        self.base = number * CHUNK
        self.rows: dict[str, list[str]] = defaultdict(list)
        self.busy: list[int] = []
        self.block_id = self.base * BLOCKS_EACH

    def add(self, table: str, *values: object) -> None:
        self.rows[table].append("\t".join(map(str, values)))

    def fill(self, listings: int) -> None:
        made = 0
        owner = self.base
        while made < listings:
            owner += 1
            bikes = min(self.owned(), listings - made)
            town, exact, public = self.door(owner)
            for _bike in range(bikes):
                made += 1
                self.listing(self.base + made, owner, town, exact, public)

    def owned(self) -> int:
        """How many bikes an owner has at their door: mostly one, a shop twenty."""
        draw = self.dice.random()
        if draw < 0.75:
            return 1
        if draw < 0.9:
            return 2
        return self.dice.randint(3, 5) if draw < 0.98 else self.dice.randint(8, 20)

    def door(self, owner: int) -> tuple[Town, str, str]:
        dice = self.dice
        [town] = dice.choices(self.towns.towns, cum_weights=self.towns.reached)
        uuid = self.uuid()
        # Most live in town, some further out.
        reach = town.radius_m * (3 if dice.random() < 0.15 else 1)
        exact = moved(town.point, metres=reach * math.sqrt(dice.random()), bearing=dice.random() * math.tau)
        public = privacy.displace(owner=User(uuid=UUID(uuid)), exact=exact)
        points = _point(to_mercator(exact)), _point(to_mercator(public))
        self.add("accounts_user", owner, uuid, f"owner{owner}@example.com", f"Owner {owner}")
        self.add("listings_ownerplace", owner, owner, *points)
        return town, *points

    def listing(self, number: int, owner: int, town: Town, exact: str, public: str) -> None:
        dice = self.dice
        [category] = dice.choices(_KIND_NAMES, cum_weights=_KIND_SHARES)
        kind = KINDS[category]
        electric = dice.random() < kind.electric
        size, low, high = self.size(category)
        day = round(kind.price * (1.8 if electric else 1.0) * dice.lognormvariate(0, 0.25) / 50) * 50
        votes = 0 if dice.random() < 0.4 else int(dice.expovariate(0.12)) + 1
        brand = dice.choice(BRANDS)
        kinds = [extra for extra, (share, *_price) in EXTRAS.items() if dice.random() < share]
        self.add(
            "listings_listing",
            *(number, self.uuid(), owner, owner, "published" if dice.random() < 0.97 else "paused"),
            *(f"{kind.name} {brand} {dice.choice(WORDS)}", ABOUT, category, "t" if electric else "f", brand),
            *(dice.randint(40, 140) if electric else NULL, size, low, high, dice.choice((1, 3, 7, 8, 21, 24))),
            dice.randrange(9_000, 28_000, 100),
            "{" + ",".join(dice.sample(INCLUDED, dice.randint(0, 4))) + "}",
            "{" + ",".join(sorted(kinds)) + "}",
            *(exact, public, town.name, town.zone),
            *(max(50, day // 250 * 50) if dice.random() < 0.6 else NULL, day),
            *(dice.choice((0, 0, 10, 15, 20)), dice.choice((0, 0, 0, 25, 40))),
            dice.choices(OPENINGS, cum_weights=_WEEK_SHARES)[0],
            *(dice.choice((0, 1, 2, 2, 2, 4, 12, 24, 48)), dice.choice((80, 80, 80, 60, 30))),
            *(dice.choice((1, 1, 2, 4, 24)), dice.choice((28, 28, 28, 14, 7, 56)), dice.choice((0, 30, 30, 60, 120))),
            "t" if dice.random() < 0.35 else "f",
            NOW - timedelta(hours=5) if dice.random() < 0.001 else NULL,
            *(dice.choices((0, 1, 2, 3), (0.6, 0.25, 0.1, 0.05))[0], round(votes * dice.uniform(3.9, 5)), votes),
            NOW - timedelta(days=dice.randint(46, 900)),
        )
        key = f"listings/{number:032x}"
        self.add(
            "listings_photo", number, self.uuid(), number, 0, 1600, 1200, key, "{320,640,960,1600}", f"{number:064x}"
        )
        self.extras(number, kinds)
        self.other_days(number, day)
        self.blocks(number)

    def size(self, category: str) -> tuple[str, object, object]:
        """The frame's letter and the rider's height from and to; one owner in five says neither."""
        dice = self.dice
        if dice.random() < 0.2:
            return "", NULL, NULL
        if category == "kids":
            low = dice.randrange(90, 140, 5)
            return "XS", low, low + 20
        [size] = dice.choices(_SIZE_NAMES, SIZE_SHARES)
        low, high = SIZES[size]
        return size, low + dice.randint(-2, 2), high + dice.randint(-2, 2)

    def extras(self, listing: int, kinds: Sequence[str]) -> None:
        for position, (kind, (_share, cents, per, km)) in enumerate(EXTRAS.items()):
            if kind in kinds:
                number = listing * len(EXTRAS) + position
                self.add("listings_extra", number, self.uuid(), listing, kind, cents, per, km, position)

    def other_days(self, listing: int, day: int) -> None:
        """Dearer days for one bike in ten, closed or shorter days for another one."""
        dice = self.dice
        if dice.random() < 0.1:
            for when in sorted(dice.sample(DATES, 6)):
                self.add("listings_priceoverride", listing, when, day * 3 // 2)
        if dice.random() < 0.1:
            for when in sorted(dice.sample(DATES, 3)):
                self.add("listings_openingexception", listing, when, dice.choice((CLOSED, CLOSED, EVENING, SPLIT)))

    def blocks(self, listing: int) -> None:
        """One block in the first half of each of as many equal windows as there are blocks: none overlap."""
        dice = self.dice
        self.busy = self.busy or dice.sample(BUSY, len(BUSY))
        count = self.busy.pop()
        window = 125 * 48 // max(count, 1)
        for index in range(count):
            starts = index * window + int(dice.random() * window / 2)
            [(shortest, longest)] = dice.choices(LENGTHS, LENGTH_SHARES)
            ends = starts + min(dice.randint(shortest, longest), window // 2)
            kind, lapses_at = self.block_kind(starts)
            self.block_id += 1
            self.add(
                *("listings_block", self.block_id, self.uuid(), listing),
                *(kind, SLOT_TIMES[starts], SLOT_TIMES[ends], lapses_at),
            )

    def block_kind(self, starts: int) -> tuple[str, str]:
        draw = self.dice.random()
        if draw < 0.62:
            return "booking", NULL
        if draw < 0.8:
            return "own", NULL
        if draw < 0.9:
            return "imported", NULL
        # Somebody went to pay and never did; a few are paying just now.
        pending = draw > 0.98 and starts > NOW_SLOT
        return "hold", PENDING if pending else self.dice.choice(LAPSED)

    def uuid(self) -> str:
        return f"{self.dice.getrandbits(128):032x}"


def rows_of(number: int, *, listings: int, seed: int, towns: Towns) -> dict[str, str]:
    """The text that COPY reads, by table, of one chunk: listings number * CHUNK + 1 onwards."""
    chunk = _Chunk(number, seed, towns)
    chunk.fill(listings)
    return {table: "\n".join(lines) + "\n" for table, lines in chunk.rows.items()}


def _point(point: Mercator) -> str:
    return f"({point.x!r},{point.y!r})"


_KIND_NAMES = list(KINDS)
_KIND_SHARES = list(accumulate(kind.share for kind in KINDS.values()))
_WEEK_SHARES = list(accumulate(WEEKS.values()))
_SIZE_NAMES = list(SIZES)
