"""The shape of what goes over the wire."""

from typing import Any

# A Stripe object is open-ended JSON (some have a hundred fields); its keys are checked against the library by tests.
JsonObject = dict[str, Any]
