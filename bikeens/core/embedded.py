"""Where the embedded PostgreSQL lives: names and paths only, so that reading the settings starts nothing."""

import os
import secrets
import tempfile
from pathlib import Path

# Under root PostgreSQL runs as this unprivileged account, in a folder made for it.
ACCOUNT = "bikeens"
ROOT_HOME = Path("/var/lib/bikeens")


def instance_of(data_dir: Path, *, create: bool = False) -> str:
    """The id of this clone's own server, or "none" before the first start.

    It is drawn once and kept in the clone, so that a fresh clone at an old path never meets old data.
    """
    file = data_dir / "instance"
    if create and not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_hex(4))
    return file.read_text().strip() if file.exists() else "none"


def home_of(data_dir: Path) -> Path:
    """The folder of the server's data and log."""
    return ROOT_HOME / instance_of(data_dir) if os.geteuid() == 0 else data_dir / "postgres"


def socket_folder_of(data_dir: Path) -> Path:
    """The folder of the Unix socket; short, because a socket's path holds about 100 characters."""
    if os.geteuid() == 0:
        return ROOT_HOME / instance_of(data_dir) / "run"
    return Path(tempfile.gettempdir()) / f"bikeens-{os.geteuid()}-{instance_of(data_dir)}"
