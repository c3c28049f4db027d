"""Addresses whose answer is a file of one kind."""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class OneKind(DefaultContentNegotiation):
    """Gives the file whatever `Accept` says; problems stay JSON.

    DRF would answer 406 to `Accept: text/csv`, as its renderers know JSON alone. There is nothing to choose from, and
    RFC 9110, 12.5.1, lets a server disregard the header then: a file is of more use than a refusal.
    """

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, str(first.media_type)
