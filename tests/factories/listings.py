"""Listings of the tests. The usual one stands in Narbonne and is open every day from 8 to 20."""

from datetime import datetime, timedelta
from itertools import count

from bikeens.accounts.models import User
from bikeens.core import clock
from listings import privacy
from listings.choices import BlockKind, Category, Safety, Status
from listings.geo import LatLon, to_mercator
from listings.models import Block, Listing, OpeningException, Photo
from tests.factories import people

NARBONNE = LatLon(43.1843, 3.0031)
EVERY_DAY_8_TO_20 = (((480, 1200),),) * 7
# No two bikes have the same.
_NUMBERS = count(123456)
WIDTHS = [320, 640, 960, 1600]


def listing(owner: User | None = None, *, at: LatLon = NARBONNE, photos: int = 2, **fields: object) -> Listing:
    """A published listing of `owner` (Alice): 4 € an hour, 20 € a day, riders of 160 to 185 cm, by request.

    Its photos are rows without files.
    """
    owner = owner or people.alice()
    place = privacy.settle_place(owner=owner, exact=at)
    now, number = clock.now(), next(_NUMBERS)
    made = Listing.objects.create(
        **{
            "owner": owner,
            "status": Status.PUBLISHED,
            "created_at": now,
            "updated_at": now,
            "published_at": now,
            "title": "Gitane with a basket",
            "description": "A steady city bike, serviced every spring.",
            "languages": ["fr", "en"],
            "category": Category.CITY,
            "brand": "Gitane",
            "frame_size": "M",
            "rider_height_from": 160,
            "rider_height_to": 185,
            "safety": Safety.values,
            "included": ["lock", "lights"],
            "frame_number": f"WTU{number:06}",
            "bicycode": f"BC{number:08}",
            "value_cents": 60_000,
            "address": "12 rue Droite, 11100 Narbonne",
            "exact_point": to_mercator(at),
            "public_point": place.public_point,
            "place": place,
            "town": "Narbonne",
            "time_zone": "Europe/Paris",
            "price_hour": 400,
            "price_day": 2000,
            "opening": EVERY_DAY_8_TO_20,
            **fields,
        }
    )
    for position in range(photos):
        photo(made, position=position)
    return made


def draft(owner: User | None = None, **fields: object) -> Listing:
    """A listing of which nothing has been said yet."""
    return Listing.objects.create(owner=owner or people.alice(), **fields)


def photo(of: Listing, *, position: int = 0) -> Photo:
    key = f"listings/{of.uuid.hex}{position}"
    return Photo.objects.create(
        listing=of, position=position, width=1600, height=1200, key=key, widths=WIDTHS, digest=f"{position:064}"
    )


def block(of: Listing, starts_at: datetime, ends_at: datetime, kind: str = BlockKind.BOOKING) -> Block:
    """A block as it stands in the database, past every check but the database's own. A hold lapses in 30 minutes."""
    lapses_at = clock.now() + timedelta(minutes=30) if kind == BlockKind.HOLD else None
    return Block.objects.create(listing=of, kind=kind, starts_at=starts_at, ends_at=ends_at, lapses_at=lapses_at)


def closed_on(of: Listing, date: object, hours: tuple[tuple[int, int], ...] = ()) -> OpeningException:
    return OpeningException.objects.create(listing=of, date=date, hours=hours)
