"""Strict readers of the process environment: a value that is unknown or malformed stops the start, by name."""

import os
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

# Scheme, host and port: nothing that a link made of it would carry along by accident.
ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?/?")
FOLDER = re.compile(ADDRESS.pattern + r"(?:[A-Za-z0-9._~-]+/?)*")


class EnvironmentInvalid(Exception):
    """A setting in the environment is unknown, malformed or missing; the message names it."""


class Environment:
    """Reads settings from a mapping and remembers which names exist, so that a misspelt one can be refused."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values
        self._known: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether `name` is set to something."""
        return self.text(name, "") != ""

    def text(self, name: str, default: str) -> str:
        self._known.add(name)
        return self._values.get(name, "").strip() or default

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise EnvironmentInvalid(f"{name} is {value!r}: it must be one of {', '.join(allowed)}.")
        return value

    def flag(self, name: str, default: bool) -> bool:
        return self.choice(name, "yes" if default else "no", ("yes", "no")) == "yes"

    def whole(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        value = self.text(name, str(default))
        try:
            number = int(value)
        except ValueError:
            raise EnvironmentInvalid(f"{name} is {value!r}: it must be a whole number.") from None
        if not lowest <= number <= highest:
            raise EnvironmentInvalid(f"{name} is {number}: it must lie between {lowest} and {highest}.")
        return number

    def address(self, name: str, default: str) -> str:
        """An http(s) address without a path, such as https://bikeens.example."""
        value = self.text(name, default)
        if not ADDRESS.fullmatch(value):
            raise EnvironmentInvalid(f"{name} is {value!r}: it must be an address such as https://bikeens.example.")
        return value.rstrip("/")

    def folder(self, name: str, default: str) -> str:
        """An http(s) address, perhaps with a path, such as https://cdn.example/photos; the default as it is."""
        value = self.text(name, default)
        if value != default and not FOLDER.fullmatch(value):
            raise EnvironmentInvalid(f"{name} is {value!r}: it must be an address such as https://cdn.example/photos.")
        return value.rstrip("/")

    def database(self, name: str) -> dict[str, object] | None:
        """A PostgreSQL address (postgresql://user:password@host:port/name?sslmode=…) as Django's dictionary."""
        value = self.text(name, "")
        if not value:
            return None
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            raise EnvironmentInvalid(f"{name} must look like postgresql://user:password@host:5432/name.")
        options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "bikeens.core.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(options.pop("host", parts.hostname or "")),
            "PORT": str(port or ""),
            "OPTIONS": options,
        }

    def refuse_unknown(self, prefixes: tuple[str, ...]) -> None:
        """Raise for a variable that carries one of our prefixes but that nothing reads: most often a misspelling."""
        unknown = sorted(n for n in self._values if n.startswith(prefixes) and n not in self._known)
        if unknown:
            raise EnvironmentInvalid(f"Unknown settings in the environment: {', '.join(unknown)}.")
