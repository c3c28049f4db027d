"""What `manage.py import_listings` says of a file, line by line."""

import io
from pathlib import Path

from django.core.management import CommandError, call_command


def report(folder: Path, content: str | bytes, *options: str, owner: str = "alice@example.com") -> list[str]:
    """Its lines, the error that ended it last. Options may name another owner, photos, a language or a dry run."""
    file = folder / "bikes.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = io.StringIO()
    whose = ["--owner", owner] if owner else []
    try:
        call_command("import_listings", str(file), *whose, *options, stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)]
    return out.getvalue().splitlines()
