"""16 renters fight over 20 bikes through HTTP and several web processes: nobody gets dates that somebody has.

A renter asks one thing after the other, so what happened lies between the question and the answer. Of each booking's
dates one knows then when they may have been blocked at most (from the transition `hold` to the answer to what freed
them) and when they were at least (from the answer to the hold to the question that freed them).
"""

import http.client
import json
import random
import sys
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from bikeens.accounts.models import User
from bookings import states
from bookings.actions import MOST_OPEN_REQUESTS
from bookings.models import Booking
from listings import clocks
from listings.models import Listing
from tests.e2e import site as sites
from tests.factories import bookings, listings, people

RENTERS = 16
BIKES = 20
HOLDS = 2000
FEWEST_ACCEPTED = 200
LONGEST_DAYS = 4
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """A hold that was asked for, and the answer. `requests` is how many open requests the renter had then."""

    bike: UUID
    starts_at: datetime
    ends_at: datetime
    requests: int
    sent: datetime
    answered: datetime
    status: int
    code: str
    booking: UUID | None


@dataclass(frozen=True)
class Blocked:
    """A booking's dates, buffer included; [since, until] is the longest time they may have been blocked."""

    renter: int
    paid: bool
    starts_at: datetime
    ends_at: datetime
    since: datetime
    until: datetime
    surely_since: datetime
    surely_until: datetime

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass
class Renter:
    """A signed-in renter with a connection of their own that is kept alive, who does as `dice` says."""

    person: User
    connection: http.client.HTTPConnection
    headers: dict[str, str]
    dice: random.Random
    asked: list[Asked] = field(default_factory=list)
    # When each question was sent and answered, of whatever kind.
    sent: list[datetime] = field(default_factory=list)
    answered: list[datetime] = field(default_factory=list)
    requests: list[UUID] = field(default_factory=list)

    def post(self, path: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
        self.sent.append(datetime.now(UTC))
        self.connection.request("POST", path, json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        said = answer.read()
        self.answered.append(datetime.now(UTC))
        return answer.status, json.loads(said) if answer.status < 500 else {"code": said[:500].decode()}

    def live(self, bikes: list[Listing], totals: dict[tuple[UUID, int], dict[str, object]]) -> None:
        """Ask for random dates again and again; now and then abandon a hold, pay for it or withdraw a request."""
        try:
            for _round in range(HOLDS // RENTERS):
                held = self.ask(self.dice.choice(bikes), totals)
                chance = self.dice.random()
                if held and chance < 0.2:
                    self.act(held, "abandon")
                elif held and chance < 0.5:
                    self.pay(held)
                if self.requests and self.dice.random() < 0.08:
                    self.act(self.requests.pop(0), "withdraw")
        finally:
            self.connection.close()
            connections.close_all()

    def ask(self, bike: Listing, totals: dict[tuple[UUID, int], dict[str, object]]) -> UUID | None:
        days = self.dice.randint(1, LONGEST_DAYS)
        start = bookings.wall(self.dice.randint(2, 11), self.dice.randint(9, 18))
        end = start + timedelta(days=days)
        body = {
            "listing": str(bike.uuid),
            "from": f"{start:%Y-%m-%dT%H:%M}",
            "to": f"{end:%Y-%m-%dT%H:%M}",
            "total": totals[bike.uuid, days],
        }
        status, said = self.post("/api/bookings", body)
        held = UUID(str(said["id"])) if status == 201 else None
        asked = Asked(
            bike=bike.uuid,
            starts_at=clocks.wall_to_instant(start, bike.time_zone),
            ends_at=clocks.wall_to_instant(end, bike.time_zone) + bike.buffer,
            requests=len(self.requests),
            sent=self.sent[-1],
            answered=self.answered[-1],
            status=status,
            code=str(said.get("code", "")),
            booking=held,
        )
        self.asked.append(asked)
        return held

    def act(self, booking: UUID, action: str) -> None:
        status, said = self.post(f"/api/bookings/{booking}/{action}", {})
        assert (status, said.get("state")) == (200, states.CANCELLED), said

    def pay(self, booking: UUID) -> None:
        """The money is authorised, as payments tell it."""
        bookings.pay(Booking.objects.select_related("listing").get(uuid=booking))
        self.requests.append(booking)


@pytest.mark.usefixtures("commits")
def test_sixteen_renters_fight_over_twenty_bikes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alice = people.alice()
    bikes = [listings.listing(alice, photos=0, price_day=2000 + 100 * number) for number in range(BIKES)]
    with sites.running(tmp_path, web_processes=3) as site:
        renters = [renter(number, site) for number in range(RENTERS)]
        totals = {(bike.uuid, days): total(site, bike, days) for bike in bikes for days in range(1, LONGEST_DAYS + 1)}
        began = time.monotonic()
        with ThreadPoolExecutor(RENTERS) as pool:
            list(pool.map(lambda one: one.live(bikes, totals), renters))
        seconds = time.monotonic() - began
        log = (tmp_path / "web.log").read_text()

    asked = [one for renter in renters for one in renter.asked]
    accepted = {one.booking for one in asked if one.booking}
    refused = Counter(one.code for one in asked if not one.booking)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(asked)} holds asked for by {RENTERS} renters of {BIKES} bikes: {len(accepted)} accepted, refused "
            f"{dict(refused)}, {seconds:.1f} s, {len(asked) / seconds:.0f} a second, {deadlocks()} deadlocks\n"
        )

    assert len(asked) == HOLDS
    assert {one.status for one in asked} == {201, 409}, (refused, log)
    assert len(accepted) >= FEWEST_ACCEPTED
    assert max(one.requests for one in asked if one.booking) < MOST_OPEN_REQUESTS
    assert set(Booking.objects.values_list("uuid", flat=True)) == accepted
    assert overlapping_blocks() == 0
    check_live_bookings_have_their_dates()
    blocked = blocked_dates(renters)
    check_nobody_had_what_another_had(blocked)
    check_every_refusal_was_true(renters, blocked)


def renter(number: int, site: sites.Site) -> Renter:
    person = people.person(f"Renter{number}")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session, token = client.cookies[settings.SESSION_COOKIE_NAME].value, "c" * 32
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        "X-CSRFToken": token,
    }
    return Renter(person, connected(site), headers, random.Random(number))


def connected(site: sites.Site) -> http.client.HTTPConnection:
    address = urlsplit(site.url)
    assert address.hostname
    return http.client.HTTPConnection(address.hostname, address.port, timeout=60)


def total(site: sites.Site, bike: Listing, days: int) -> dict[str, object]:
    """What the site says that so many days cost; these bikes cost the same on every day."""
    start = bookings.wall(20)
    asked = connected(site)
    asked.request(
        "GET",
        f"/api/listings/{bike.uuid}/quote?from={start:%Y-%m-%dT%H:%M}&to={start + timedelta(days=days):%Y-%m-%dT%H:%M}",
    )
    quote = json.loads(asked.getresponse().read())
    asked.close()
    return dict(quote["total"])


def overlapping_blocks() -> int:
    return count(
        "SELECT count(*) FROM listings_block a JOIN listings_block b ON b.listing_id = a.listing_id AND b.id > a.id"
        " WHERE tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)"
    )


def deadlocks() -> int:
    """Those that PostgreSQL had to end; nobody notices them, as the whole call is run again."""
    return count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


def count(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def check_live_bookings_have_their_dates() -> None:
    """Each booking that is still on holds exactly its own dates, and no dates are held for nobody."""
    live = Booking.objects.exclude(state__in=states.FINAL).select_related("block", "listing")
    assert {one.state for one in live} <= {states.PENDING_PAYMENT, states.REQUESTED}
    wanted = {(one.block_id, one.listing_id, one.starts_at, one.ends_at + one.listing.buffer) for one in live}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, listing_id, starts_at, ends_at FROM listings_block")
        assert set(cursor.fetchall()) == wanted


def blocked_dates(renters: list[Renter]) -> dict[UUID, list[Blocked]]:
    """Every booking's dates by bike, with when they were blocked, from the transitions and the renters' own times."""
    found: dict[UUID, list[Blocked]] = defaultdict(list)
    by_person = {one.person.pk: one for one in renters}
    answers = {one.booking: one.answered for renter in reversed(renters) for one in reversed(renter.asked)}
    for booking in Booking.objects.select_related("listing").prefetch_related("transitions"):
        renter = by_person[booking.renter_id]
        steps = {step.action: step.at for step in booking.transitions.all()}
        until = surely_until = FOREVER
        for action in ("abandon", "withdraw"):
            if action in steps:
                question = bisect_left(renter.answered, steps[action])
                until, surely_until = renter.answered[question], renter.sent[question]
        found[booking.listing.uuid].append(
            Blocked(
                renter=booking.renter_id,
                paid="authorised" in steps,
                starts_at=booking.starts_at,
                ends_at=booking.ends_at + booking.listing.buffer,
                since=steps["hold"],
                until=until,
                surely_since=answers[booking.uuid],
                surely_until=surely_until,
            )
        )
    return found


def check_nobody_had_what_another_had(blocked: dict[UUID, list[Blocked]]) -> None:
    both = [
        (one, other)
        for dates in blocked.values()
        for one, other in combinations(dates, 2)
        if one.overlaps(other.starts_at, other.ends_at)
        and max(one.surely_since, other.surely_since) < min(one.surely_until, other.surely_until)
    ]
    assert both == []


def check_every_refusal_was_true(renters: list[Renter], blocked: dict[UUID, list[Blocked]]) -> None:
    """A renter's own unpaid hold is never in their way; their paid requests are."""

    def true(asked: Asked, renter: Renter) -> bool:
        if asked.code == "too_many_requests":
            return asked.requests == MOST_OPEN_REQUESTS
        return asked.code == "dates_taken" and any(
            dates.overlaps(asked.starts_at, asked.ends_at)
            and dates.since <= asked.answered
            and dates.until >= asked.sent
            and (dates.paid or dates.renter != renter.person.pk)
            for dates in blocked[asked.bike]
        )

    untrue = [one for renter in renters for one in renter.asked if not one.booking and not true(one, renter)]
    assert untrue == []
