"""What can come of a call, in the four kinds that matter to a caller."""

from collections.abc import Iterator
from contextlib import contextmanager

import stripe


class GatewayError(Exception):
    """`code` is Stripe's own word where there is one; the text is for staff, never for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code

    def __str__(self) -> str:
        return f"{self.code}: {self.args[0]}"


class Unreachable(GatewayError):
    """No answer, or none that says what happened: ask again with the same key."""


class Conflict(GatewayError):
    """Stripe is busy with this very call (409) or with too many (429): ask again with the same key."""


class Declined(GatewayError):
    """The card's bank said no: nothing to repeat before the renter does something."""


class Refused(GatewayError):
    """Stripe understood and said no; the same call will never succeed."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn Stripe's errors into ours. https://docs.stripe.com/error-handling"""
    try:
        yield
    except stripe.StripeError as error:
        raise _ours(error) from error


def _ours(error: stripe.StripeError) -> GatewayError:
    code = error.code or type(error).__name__
    text = error.user_message or str(error)
    if isinstance(error, stripe.CardError):
        return Declined(code, text)
    if error.http_status in (409, 429) or isinstance(error, stripe.RateLimitError):
        return Conflict(code, text)
    # A wrong or withdrawn key says nothing about the call itself: it is made again once staff have put it right.
    if isinstance(error, stripe.APIConnectionError | stripe.AuthenticationError | stripe.PermissionError):
        return Unreachable(code, text)
    if error.http_status is None or error.http_status >= 500:
        return Unreachable(code, text)
    return Refused(code, text)
