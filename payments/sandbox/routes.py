"""How a path finds the function that answers it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from payments.sandbox.engine import Sandbox
from payments.sandbox.json_types import JsonObject
from payments.sandbox.wire import Call

Handler = Callable[[Sandbox, Call], JsonObject]


@dataclass(frozen=True)
class Route:
    """One call of Stripe's API.

    `shape` names the typed parameter class of the `stripe` library; `knows` lists the top-level parameters the
    stand-in acts upon or gives back (None: all of them). What Stripe knows and the stand-in does not is refused aloud.
    """

    method: str
    path: str
    handler: Handler
    shape: str | None = None
    knows: frozenset[str] | None = None
    # Whether the call may be made for a connected account (Stripe-Account header).
    for_accounts: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The path as a regular expression with one group per id."""
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path) + "$")
