"""What a geocoder answers over HTTP, waited for so long and read so far, and no further."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar
from urllib.parse import urljoin

from geopy.adapters import AdapterHTTPError, RequestsAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut

T = TypeVar("T")

# Three addresses are some kilobytes.
MOST_BYTES = 256 * 1024
CHUNK_BYTES = 16 * 1024
MOST_REDIRECTS = 3
# Those included that nobody waits for any more.
AT_ONCE = 8
_places = threading.BoundedSemaphore(AT_ONCE)


class BoundedAdapter(RequestsAdapter):
    """geopy's adapter, but `timeout` (seconds) is that of the whole answer, from looking up the name to the last byte.

    geopy's own holds for each read alone and for three attempts, so a service that trickles is waited for for ever.
    Raises GeocoderServiceError, or TimeoutError.
    """

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        return json.loads(self.get_text(url, timeout=timeout, headers=headers))

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        ends = time.monotonic() + timeout
        return _within(timeout, lambda: self._read(url, ends, headers).decode())

    def _read(self, url: str, ends: float, headers: Mapping[str, str]) -> bytes:
        for _hop in range(MOST_REDIRECTS + 1):
            left = max(ends - time.monotonic(), 0.001)
            # Followed here: requests would read what comes with a redirection whole.
            with self.session.get(url, timeout=left, headers=headers, stream=True, allow_redirects=False) as answer:
                if answer.is_redirect:
                    url = urljoin(url, answer.headers["Location"])
                    continue
                if answer.status_code != 200:
                    code = answer.status_code
                    raise AdapterHTTPError(f"HTTP {code}", status_code=code, headers=answer.headers, text=None)
                return _body(answer.raw.read1, ends)
        raise GeocoderServiceError("too many redirections")


def _body(read: Callable[..., bytes], ends: float) -> bytes:
    body = bytearray()
    while chunk := read(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > MOST_BYTES:
            raise GeocoderServiceError("an answer without end")
        if time.monotonic() > ends:
            raise GeocoderTimedOut("an answer without end")
    return bytes(body)


def _within(seconds: float, call: Callable[[], T]) -> T:
    """What `call` returns or raises. It goes on by itself, and unheard, where it takes longer: raises TimeoutError."""
    if not _places.acquire(blocking=False):
        raise TimeoutError("too many answers are still on their way")
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except Exception as error:
            answer.set_exception(error)
        finally:
            _places.release()

    threading.Thread(target=run, name="geocoder", daemon=True).start()
    return answer.result(seconds)
