"""A real S3-compatible server (moto's) in a process of its own."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import boto3

from tests.e2e.site import Pause

BUCKET = "photos"
# What docs/deploying.md asks for: everybody reads objects, nobody lists or writes them.
READABLE = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    ],
}


class Server:
    """Begins with an empty bucket; `stop` leaves a port at which nobody answers."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until, pause = time.monotonic() + 30, Pause()
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError("The S3 server did not start.")
            pause.short()
        self.client = boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        self.client.create_bucket(Bucket=BUCKET)
        self.client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(READABLE))

    def names(self) -> list[str]:
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

    def empty(self) -> None:
        for name in self.names():
            self.client.delete_object(Bucket=BUCKET, Key=name)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def storages(self) -> dict[str, dict[str, object]]:
        """STORAGES as the settings make it of the environment."""
        return {
            "default": {
                "BACKEND": "bikeens.core.s3.S3Files",
                "OPTIONS": {
                    "bucket_name": BUCKET,
                    "endpoint_url": self.address,
                    "region_name": "us-east-1",
                    "access_key": "key",
                    "secret_key": "secret",
                    "url_protocol": "http:",
                    "custom_domain": f"{self.address.removeprefix('http://')}/{BUCKET}",
                },
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }


@contextlib.contextmanager
def running() -> Iterator[Server]:
    server = Server()
    try:
        yield server
    finally:
        server.stop()
