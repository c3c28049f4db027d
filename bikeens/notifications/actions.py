"""Tell people things, and note what they have read."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import NotFound
from bikeens.core.letters import page_address
from bikeens.core.money import MoneyJSON
from bikeens.notifications.kinds import KINDS
from bikeens.notifications.models import Notice

Fact = str | int | None | Mapping[str, str | int]


class Card(TypedDict):
    """Something to look at in a letter: texts in the reader's language, a price and what for, a page's path."""

    title: str
    line: str
    price: MoneyJSON
    per: str
    path: str


def notify(
    *,
    person: User,
    kind: str,
    path: str,
    facts: Mapping[str, Fact],
    cards: Sequence[Card] = (),
    about: UUID | None = None,
) -> Notice:
    """Write a notice for `person` and defer its e-mail, both in one transaction (the caller's, where there is one).

    `path` is the page's path without language ("/bookings/<uuid>/"). `facts` hold at least what the kind's sentences
    name: plain text, wall clocks as "2026-07-04T10:00", money as {"amount", "currency"}; the last two are written out
    in the reader's language. `cards` are shown in the e-mail; a fact `stop` is the path of the page that ends e-mails
    of this kind. Raises ValueError for an unknown kind, a missing fact, or a path that is none.
    """
    if kind not in KINDS:
        raise ValueError(f"No kind of notice is called {kind}.")
    missing = KINDS[kind].needs - {name for name, value in facts.items() if value is not None}
    if missing:
        raise ValueError(f"A {kind} notice needs {', '.join(sorted(missing))}.")
    page_address(path)
    with transaction.atomic():
        told = dict(facts) | ({"cards": list(cards)} if cards else {})
        notice = Notice.objects.create(person=person, kind=kind, path=path, facts=told, about=about)
        jobs.configure_task("notifications.send_email", queue="mail").defer(notice_id=notice.pk)
    return notice


def mark_read(*, person: User, notices: Collection[UUID] | None = None) -> None:
    """Note that `person` has read these notices, or all. Raises NotFound when one of them is not theirs."""
    with transaction.atomic():
        mine = Notice.objects.select_for_update().filter(person=person)
        if notices is not None:
            mine = mine.filter(uuid__in=notices)
            if mine.order_by("pk").count() != len(set(notices)):
                raise NotFound("not_found", _("There is nothing here."))
        mine.filter(read_at=None).update(read_at=clock.now())
