"""Sixteen threads fight over the dates of three listings, on committed data."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import connection

from bikeens.core import clock
from bikeens.core.errors import Refused
from listings import actions
from listings.models import Block, Listing
from tests.factories import listings, people

START = datetime(2027, 7, 5, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)

OVERLAPS = """
SELECT count(*) FROM listings_block a JOIN listings_block b
ON a.listing_id = b.listing_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""


def fight(seed: int) -> dict[str, int]:
    """Forty attempts of one thread: holds, some confirmed, some freed, some already lapsed."""
    dice = random.Random(seed)
    bikes = list(Listing.objects.order_by("id"))
    score = {"dates_taken": 0, "held": 0}
    for _ in range(40):
        starts_at = START + dice.randrange(24 * 5) * HOUR
        ends_at = starts_at + dice.randrange(1, 12) * HOUR
        lapses_at = clock.now() + dice.choice([-1, 1, 1]) * HOUR
        try:
            block = actions.block_dates(
                listing=dice.choice(bikes), starts_at=starts_at, ends_at=ends_at, kind="hold", lapses_at=lapses_at
            )
            score["held"] += 1
            if dice.random() < 0.5:
                actions.confirm_block(block=block)
            elif dice.random() < 0.3:
                actions.free_block(block=block)
        except Refused as error:
            score[error.code] += 1
    connection.close()
    return score


def test_no_two_blocks_ever_overlap(commits):
    alice = people.alice()
    for _ in range(3):
        listings.listing(alice, photos=0)
    with ThreadPoolExecutor(16) as pool:
        scores = list(pool.map(fight, range(16)))

    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        assert cursor.fetchone() == (0,)
    held, taken = (sum(score[key] for score in scores) for key in ("held", "dates_taken"))
    assert held + taken >= 16 * 40
    assert held >= 30
    assert taken >= 100
    assert Block.objects.filter(kind="booking").count() >= 10
