"""The tests' databases: one migrated template, copied for each run."""

import hashlib
import os
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

TEMPLATE_PREFIX = "bikeens_template_"
RUN_PREFIX = "bikeens_test_"
TEMPLATES_KEPT = 3
# Kept when a test that really committed is cleaned up: they come with the template.
KEPT = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "listings_place",
    "listings_placename",
    "procrastinate_version",
}


def connect(name: str = "postgres") -> psycopg.Connection:
    """An autocommit connection, to the server's maintenance database unless another is named."""
    default = settings.DATABASES["default"]
    return psycopg.connect(
        host=default["HOST"] or None,
        port=default.get("PORT") or None,
        user=default["USER"],
        password=default.get("PASSWORD") or None,
        dbname=name,
        autocommit=True,
    )


def use(name: str) -> None:
    """Point Django, and every process started with `environment()`, at the database `name`."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def create(name: str = "") -> str:
    """A fresh database, of this run unless it is named, copied from the template, which new migrations make anew."""
    template = TEMPLATE_PREFIX + fingerprint()
    name = name or f"{RUN_PREFIX}{os.getpid()}"
    with connect() as server:
        # One run makes the template, the others wait for it.
        server.execute("SELECT pg_advisory_lock(7201)")
        _drop_left_overs(server, template)
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            half = f"{template}_half"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(half)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
            use(half)
            call_command("migrate", verbosity=0)
            call_command("import_places", verbosity=0)
            connections.close_all()
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(template))
            )
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        # A test's data need not outlive a power cut.
        server.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
    use(name)
    return name


def drop(name: str) -> None:
    connections.close_all()
    with connect() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def empty() -> None:
    """Every table but the kept ones, jobs included, as after a fresh copy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted({str(row[0]) for row in cursor.fetchall()} - KEPT)
        quoted = ", ".join(connection.ops.quote_name(table) for table in tables)
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")


def environment() -> dict[str, str]:
    """The environment of a process that shall work on this run's database, with the clock that tests move."""
    default = settings.DATABASES["default"]
    host = str(default["HOST"])
    address = f"postgresql://{default['USER']}:{default.get('PASSWORD') or ''}@/{default['NAME']}?host={host}"
    if not host.startswith("/"):
        port = default.get("PORT") or 5432
        address = f"postgresql://{default['USER']}:{default.get('PASSWORD') or ''}@{host}:{port}/{default['NAME']}"
    return os.environ | {"DATABASE_URL": address, "BIKEENS_ENV": "test", "BIKEENS_CLOCK_SHARED": "yes"}


def fingerprint() -> str:
    """Changes whenever a migration or the places import does."""
    root = Path(settings.BASE_DIR)
    files = [
        *root.glob("*/migrations/*.py"),
        *root.glob("bikeens/*/migrations/*.py"),
        root / "requirements.txt",
    ]
    files += [*root.glob("listings/places*.py"), *root.glob("listings/places/*.py")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _drop_left_overs(server: psycopg.Connection, template: str) -> None:
    """Databases of runs that were killed, and all but the newest templates: runs side by side may use several."""
    names = [str(row[0]) for row in server.execute("SELECT datname FROM pg_database ORDER BY oid").fetchall()]
    templates = [name for name in names if name.startswith(TEMPLATE_PREFIX) and name != template]
    gone = [name for name in names if name.startswith(RUN_PREFIX) and not _runs(name.removeprefix(RUN_PREFIX))]
    for name in [*gone, *templates[:-TEMPLATES_KEPT]]:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _runs(pid: str) -> bool:
    return pid.isdigit() and Path(f"/proc/{pid}").exists()
