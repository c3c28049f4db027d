"""The textbook's database: PostgreSQL and PostGIS of the system's packages, as a server of the benchmark's own.

It runs with the embedded server's options under the same unprivileged account, holds a copy of the data set's listings,
and is kept between runs; only the run that needs it starts it.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from bikeens.management.commands.postgres import Server
from tests import database
from tests.benchmarks import loading
from tests.benchmarks.servers import serving
from tests.e2e.site import free_ports

# The newest of Debian's versions for which PostGIS is there.
EXTENSIONS = sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
PREFIX = "textbook_"

_SAME = (
    "id, uuid, owner_id, status, title, description, category, electric, frame_size, rider_height_from,"
    " rider_height_to, town, currency, price_hour, price_day, instant, rating_sum, rating_count"
)
_POINT = (
    "'SRID=4326;POINT(' || degrees(public_point[0] / 6378137) || ' '"
    " || degrees(atan(sinh(public_point[1] / 6378137))) || ')'"
)
_PHOTO = "id, uuid, listing_id, position, width, height, key, widths"
_COPIED = {  # table: (its columns, what they are in the site's tables)
    "textbook_owner": ("id, name", "SELECT id, name FROM accounts_user"),
    "textbook_listing": (f"{_SAME}, point", f"SELECT {_SAME}, {_POINT} FROM listings_listing"),  # noqa: S608
    "textbook_photo": (_PHOTO, f"SELECT {_PHOTO} FROM listings_photo"),  # noqa: S608
}


class Textbook(Server):
    """Debian's PostgreSQL beside the embedded one."""

    def __init__(self) -> None:
        super().__init__(settings.DATA_DIR)
        self.home = self.home / "textbook"
        self.data = self.home / "data"
        self.socket = self.socket.with_name(f"{self.socket.name}-textbook")
        self.wheel = Path("/usr/lib/postgresql") / EXTENSIONS[-1].parts[-3]
        self.bin = self.wheel / "bin"

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        connection = psycopg.connect(host=str(self.socket), user="bikeens", dbname=name, autocommit=True)
        connection.execute("SET maintenance_work_mem = '512MB'")
        return connection


@dataclass(frozen=True, slots=True)
class Running:
    """The textbook's site, over a copy of a data set."""

    port: int
    name: str
    server: Textbook

    def versions(self) -> str:
        with self.server.connect(self.name) as connection:
            [row] = connection.execute("SELECT current_setting('server_version'), postgis_lib_version()").fetchall()
        return f"PostgreSQL {row[0].split()[0]}, PostGIS {row[1]}"

    def index_scans(self) -> int:
        """How often the GiST index of the points has been used."""
        with self.server.connect(self.name) as connection:
            [[scans]] = connection.execute(
                "SELECT sum(idx_scan)::int FROM pg_stat_user_indexes"
                " WHERE relname = 'textbook_listing' AND indexrelname LIKE '%\\_point\\_%'"
            ).fetchall()
        return int(scans)


@contextlib.contextmanager
def textbook(source: str, folder: Path) -> Iterator[Running]:
    """The textbook's site over a copy of the data set `source`."""
    assert EXTENSIONS, "PostGIS is not installed here."
    server = Textbook()
    server.start()
    try:
        name = _copied(server, source)
        [port] = free_ports(1)
        with serving(
            port,
            _environment(server, name),
            ready="/api/search?near=0,0&radius=1",
            log=folder / "textbook.log",
            application="tests.benchmarks.textbook.wsgi:application",
        ):
            yield Running(port, name, server)
    finally:
        server.stop()


def _copied(server: Textbook, source: str) -> str:
    """The database with the listings of `source`, copied now unless it is there."""
    name = f"{PREFIX}{source}"
    with server.connect() as maintenance, database.connect(source) as site:
        [[wanted]] = site.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchall()
        found = maintenance.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found is None or found[0] != wanted:
            quoted = sql.Identifier(name)
            maintenance.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
            maintenance.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
            _fill(server, name, site)
            maintenance.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(quoted, sql.Literal(wanted)))
    return name


def _fill(server: Textbook, name: str, site: psycopg.Connection) -> None:
    with server.connect(name) as connection:
        connection.execute("CREATE EXTENSION postgis")
    make_tables = [sys.executable, "-m", "tests.benchmarks.textbook"]
    subprocess.run(make_tables, cwd=settings.BASE_DIR, env=_environment(server, name), check=True)
    with loading.bare_tables(lambda: server.connect(name), list(_COPIED)) as target:
        for table, (columns, selected) in _COPIED.items():
            with (
                site.cursor().copy(f"COPY ({selected}) TO STDOUT") as rows,
                target.cursor().copy(loading.copy_into(table, columns)) as copy,
            ):
                for part in rows:
                    copy.write(part)


def _environment(server: Textbook, name: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.textbook.settings",
        "TEXTBOOK_DATABASE": name,
        "TEXTBOOK_SOCKET": str(server.socket),
    }
