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
from tests import database
from tests.benchmarks import bikes, loading
from tests.benchmarks.bikes import CHUNK, Towns
from tests.benchmarks.towns import towns_of_people

SEED = 7
PREFIX = "bikeens_bench_"


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
    # What is derived is reckoned each time, or a change of how would not be seen.
    call_command("rebuild_map")
    with database.connect(name) as connection:
        connection.execute("VACUUM (ANALYZE)")
    return name


def open_at_now(name: str) -> None:
    """Point Django at the data set and set its clock back to the moment it was made for."""
    database.use(name)
    clock.reset()
    clock.travel_to(bikes.NOW)


def _fill(name: str, listings: int, seed: int) -> None:
    towns = towns_of_people()
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


def _mark(listings: int, seed: int) -> str:
    """What a database was made from; another mark means that it has to be made again."""
    digest = blake2b(database.fingerprint().encode(), digest_size=8)
    for file in "towns.py", "bikes.py", "loading.py":
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
