"""Metadata: Stripe's limits, and unsetting by an empty value. Source: https://docs.stripe.com/api/metadata"""

from payments.sandbox.errors import Refusal
from payments.sandbox.json_types import JsonObject

MAX_KEYS = 50
MAX_KEY = 40
MAX_VALUE = 500


def merged(old: dict[str, str], sent: JsonObject | str | None) -> dict[str, str]:
    """The metadata after a call: keys added or replaced, empty values removed, all removed by an empty string."""
    if sent is None:
        return old
    if isinstance(sent, str):
        return {}
    for key, value in sent.items():
        if len(key) > MAX_KEY:
            raise Refusal(
                f"Metadata keys can be at most {MAX_KEY} characters long. Invalid key: {key}", param=f"metadata[{key}]"
            )
        if len(value or "") > MAX_VALUE:
            raise Refusal(
                f"Metadata values can have up to {MAX_VALUE} characters, but you passed in a value that is "
                f"{len(value)} characters. Invalid value: {value}",
                param=f"metadata[{key}]",
            )
    together = {key: value for key, value in {**old, **sent}.items() if value}
    if len(together) > MAX_KEYS:
        raise Refusal(f"You can't have more than {MAX_KEYS} metadata keys on this object.", param="metadata")
    return together
