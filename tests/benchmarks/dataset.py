"""The data set that speed is measured on: N listings around real towns, and five blocks for each.

    .venv/bin/python -m tests.benchmarks.dataset 1000000

makes the database `bikeens_bench_1000000` on this clone's server and says how to point the site at it. When it is
already there nothing is done: it is made again only when the generator, its seed or the migrations have changed. A
million listings take a few minutes and 3 GB.

The clock of the data set starts at `bikes.NOW` each time that the command or a benchmark opens it, so that the same
question finds the same bikes on any day.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from psycopg import sql

from bikeens.core import clock
from listings.geo import to_latlon
from listings.models import Place
from tests import database
from tests.benchmarks import bikes, loading
from tests.benchmarks.bikes import CHUNK, Town, Towns

SEED = 7
PREFIX = "bikeens_bench_"
# Shares of the listings by country; within one, towns weigh as much as their people.
COUNTRIES = {
    "FR": 0.85,
    **dict.fromkeys(("BE", "CH", "DE", "ES", "IT"), 0.022),
    **dict.fromkeys(("LU", "NL", "PT", "GB"), 0.005),
    **dict.fromkeys(("RE", "GP", "MQ", "CA"), 0.005),
}
# French towns of this kind are parts of another one that is there, too.
QUARTER = "Paris "


def ensure(listings: int, *, name: str = "", seed: int = SEED) -> str:
    """The name of a database with so many listings, made now unless it is there. Points Django at it."""
    name = name or f"{PREFIX}{listings}"
    wanted = _mark(listings, seed)
    with database.connect() as server:
        # Whoever else asks for the same one waits until it is there.
        server.execute("SELECT pg_advisory_lock(7202, hashtext(%s))", [name])
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found is None or found[0] != wanted:
            half = f"{name}_half"
            for old in name, half:
                database.drop(old)
            database.create(half)
            _fill(half, listings, seed)
            connections.close_all()
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))
            server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted)))
    open_at_now(name)
    return name


def open_at_now(name: str) -> None:
    """Point Django at the data set and set its clock back to the moment it was made for."""
    database.use(name)
    clock.reset()
    clock.travel_to(bikes.NOW)


def _fill(name: str, listings: int, seed: int) -> None:
    towns = _towns()
    connections.close_all()
    loading.load(
        name, bikes.COLUMNS, _chunks(listings, seed, towns), preset={"DateTimeField": f"'{bikes.NOW.isoformat()}'"}
    )


def _chunks(listings: int, seed: int, towns: Towns) -> Iterator[dict[str, str]]:
    """Made by two processes, a few ahead of what is being written."""
    sizes = [min(CHUNK, listings - first) for first in range(0, listings, CHUNK)]
    with ProcessPoolExecutor(2, initializer=_remember, initargs=(towns, seed)) as makers:
        coming = []
        for number, size in enumerate(sizes):
            coming.append(makers.submit(_chunk, number, size))
            if len(coming) > 4:
                yield coming.pop(0).result()
        for chunk in coming:
            yield chunk.result()


_made_of: tuple[Towns, int]


def _remember(towns: Towns, seed: int) -> None:
    global _made_of
    _made_of = towns, seed


def _chunk(number: int, listings: int) -> dict[str, str]:
    towns, seed = _made_of
    return bikes.rows_of(number, listings=listings, seed=seed, towns=towns)


def _towns() -> Towns:
    rows = list(Place.objects.filter(country__in=COUNTRIES, population__gt=0).order_by("id"))
    rows = [row for row in rows if not row.name.startswith(QUARTER)]
    people = dict.fromkeys(COUNTRIES, 0)
    for row in rows:
        people[row.country] += row.population
    return Towns(
        [
            Town(
                name=row.name,
                zone=row.time_zone,
                point=to_latlon(row.point),
                weight=COUNTRIES[row.country] * row.population / people[row.country],
                # Some 4,000 people on each square kilometre of a large town, fewer in a small one.
                radius_m=max(500.0, 5.0 * row.population**0.5),
            )
            for row in rows
        ]
    )


def _mark(listings: int, seed: int) -> str:
    """What a database was made from; another mark means that it has to be made again."""
    digest = blake2b(database.fingerprint().encode(), digest_size=8)
    for file in "dataset.py", "bikes.py", "loading.py":
        digest.update(Path(__file__).with_name(file).read_bytes())
    return f"{listings} listings, seed {seed}, {digest.hexdigest()}"


def main() -> None:
    reader = argparse.ArgumentParser(description="Make the data set that speed is measured on.")
    reader.add_argument("listings", type=int)
    reader.add_argument("--database", default="", help=f"its name; {PREFIX}<listings> when left out")
    reader.add_argument("--seed", type=int, default=SEED)
    asked = reader.parse_args()
    call_command("postgres", "start", verbosity=0)
    began = time.monotonic()
    name = ensure(asked.listings, name=asked.database, seed=asked.seed)
    address = database.environment()["DATABASE_URL"]
    sys.stdout.write(
        f"{name} is there ({time.monotonic() - began:.0f} s), its clock at {bikes.NOW:%Y-%m-%d %H:%M} UTC. To use it:\n"
        f"  export DATABASE_URL='{address}' BIKEENS_ENV=test BIKEENS_CLOCK_SHARED=yes\n"
    )


if __name__ == "__main__":
    main()
