"""Asks a web server over connections that stay open, and measures. As little Python as it takes: the client must not be
what is measured."""

import socket
import threading
import time
from collections.abc import Sequence
from itertools import count, cycle

TIMEOUT_S = 120
_visitors = cycle(range(1_000))


class Client:
    """One keep-alive connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def get(self, path: str) -> bytes:
        """The body. Raises AssertionError for anything but 200."""
        self._socket.sendall(request_of(path))
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._received(path)
        head = answer[:end].lower()
        assert head.startswith(b"http/1.1 200"), f"{path} answered {answer[:2000]!r}"
        length = head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
        whole = end + 4 + int(length)
        while len(answer) < whole:
            answer += self._received(path)
        return answer[end + 4 :]

    def _received(self, path: str) -> bytes:
        part = self._socket.recv(1 << 16)
        assert part, f"{path}: the server hung up."
        return part


def visitor() -> str:
    """The address of one of many visitors, each in turn."""
    number = next(_visitors)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def request_of(path: str) -> bytes:
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
    return f"{head}X-Forwarded-For: {visitor()}\r\n\r\n".encode()


def seconds_for(client: Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path)
    return time.perf_counter() - began


def throughput(port: int, paths: Sequence[str], *, clients: int, seconds: float) -> float:
    """Answers per second when so many clients ask one question after another."""
    stop = time.perf_counter() + seconds
    answered = [0] * clients
    failures: list[BaseException] = []

    def ask(number: int) -> None:
        try:
            with Client(port) as client:
                # Each begins elsewhere, so that they do not ask the same at once.
                for index in count(number * len(paths) // clients):
                    if time.perf_counter() >= stop:
                        return
                    client.get(paths[index % len(paths)])
                    answered[number] += 1
        except (AssertionError, OSError) as error:
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(answered) / (time.perf_counter() - began)
