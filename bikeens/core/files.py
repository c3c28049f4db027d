"""Stored files, on disk or in S3: the only place that writes, deletes or lists them. Never inside a transaction.

A file's name is never used again for other content. What a process that died left behind, `sweep` finds.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from bikeens.core.errors import DomainError

log = logging.getLogger(__name__)

# The rows of younger files may be on the way.
GRACE = timedelta(days=1)


def save(contents: Mapping[str, bytes]) -> None:
    """Store all of these, by name, or none. Raises DomainError 503 `storage_unreachable`."""
    saved: list[str] = []
    try:
        for name, content in contents.items():
            saved.append(default_storage.save(name, ContentFile(content)))
    except OSError as error:
        log.warning("Files could not be stored: %s", error)
        delete(saved)
        message = _("We can't keep pictures at the moment. Please try again in a few minutes.")
        raise DomainError("storage_unreachable", message, status=503) from error


def delete(names: Iterable[str]) -> None:
    """Delete what is there of these. What can't be deleted now is swept another night."""
    for name in names:
        try:
            default_storage.delete(name)
        except OSError as error:
            log.warning("A file could not be deleted: %s", error)
            return


def sweep(folder: str, is_kept: Callable[[str], bool]) -> int:
    """Delete the files right below `folder` that nobody keeps and that are a day old; returns how many.

    Ages go by the machine's clock, as the files' times do. Raises OSError when the storage is away.
    """
    try:
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return 0
    before = datetime.now(UTC) - GRACE
    old = [name for name in names if not is_kept(name) and default_storage.get_modified_time(name) < before]
    for name in old:
        default_storage.delete(name)
    return len(old)
