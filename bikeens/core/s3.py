"""Files in an S3-compatible bucket, behind Django's storage interface. Imported only where the settings say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from bikeens.core.media import FOR_EVER, KIND

# Seconds without a sign of life; attempts in all, with pauses between them that grow.
CONNECT_TIMEOUT, READ_TIMEOUT, ATTEMPTS = 2, 5, 3


class S3Files(S3Storage):
    """django-storages' S3 with bounded waiting, public addresses, and trouble told as OSError, as a disk would."""

    def __init__(self, *, endpoint_url: str | None, **options: object) -> None:
        config = Config(
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            # Servers other than Amazon's know neither a host name for each bucket nor its newer checksums.
            s3={"addressing_style": "path" if endpoint_url else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(
            endpoint_url=endpoint_url,
            client_config=config,
            transfer_config=TransferConfig(use_threads=False),
            querystring_auth=False,
            object_parameters={"CacheControl": FOR_EVER, "ContentType": KIND},
            **options,
        )

    def _save(self, name: str, content: "File[bytes]") -> str:
        with _told_as_os_error():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _told_as_os_error():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _told_as_os_error():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _told_as_os_error():
            folders, files = super().listdir(path)
            return folders, files

    def get_modified_time(self, name: str) -> datetime:
        with _told_as_os_error():
            moment: datetime = super().get_modified_time(name)
            return moment


@contextmanager
def _told_as_os_error() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error
