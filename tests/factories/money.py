"""A driver for whole journeys: Bob books and pays, Alice answers, hands over and is paid, Stripe's events arrive."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from procrastinate.contrib.django.models import ProcrastinateJob
from rest_framework.test import APIClient

from bikeens.accounts.models import User
from bikeens.core import clock
from bookings.models import Booking
from bookings.tasks import sweep_deadlines
from listings.models import Listing
from payments.ledger import check
from payments.ledger.balances import balances
from payments.models import Payment, StripeAccount
from payments.sweeps import sweep_commands, sweep_objects
from tests.factories import listings, people
from tests.payments.sandbox.stand_in import GOOD, StandIn, request

DECLINED = "4000000000000002"
THREE_D_SECURE = "4000002500003155"
PATH = "/api/stripe/webhooks/"


class LocalStripe:
    """The stand-in, emptied: its pages, its orders, the calls it received and the events it has posted."""

    def __init__(self, process: StandIn) -> None:
        self.process = process
        self.base = process.base
        self.empty()

    def empty(self) -> None:
        self.process.control("reset")
        self.process.inbox.received.clear()

    def order(self, order: str, /, **params: object) -> dict:
        return self.process.control(order, **params)

    def calls(self, path: str = "/v1/", method: str = "POST") -> list[dict]:
        """Calls received under a path, oldest first."""
        found = self.process.ask("calls", path=path)["calls"]
        return [call for call in found if call["method"] == method]

    def pay(self, url: str, card: str = GOOD) -> tuple[int, dict, str]:
        """Type a card on the payment page and press the button."""
        return self.process.fill_in(url, number=card, expiry="12 / 34", cvc="123", name="Bob")

    def events(self) -> list[tuple[str, dict, bytes]]:
        """What was posted since the last look: (source, headers, raw body)."""
        self.process.control("drain", timeout=5)
        received = list(self.process.inbox.received)
        self.process.inbox.received.clear()
        return received

    def balance(self) -> int:
        """Cents the platform has at Stripe, available or not."""
        balance = self.process.v1.balance.retrieve()
        return sum(part.amount for part in [*balance.available, *balance.pending])

    def travel(self, by: timedelta) -> None:
        """Move the site's clock and Stripe's together."""
        clock.travel(by)
        self.process.control("clock", advance=by.total_seconds())


def post_event(event: tuple[str, dict, bytes]) -> int:
    """Bring one event to the site as Stripe would; the status it answers."""
    source, headers, body = event
    client = APIClient()
    answer = client.generic(
        "POST",
        f"{PATH}{source}",
        body,
        content_type="application/json",
        HTTP_STRIPE_SIGNATURE=headers["stripe-signature"],
    )
    return answer.status_code


class Journey:
    """One booking after another; every step is a call of the API by the person who would make it."""

    def __init__(
        self, *, stripe: LocalStripe, run_jobs: Callable[[], None], api: Callable[[User | None], APIClient]
    ) -> None:
        self.stripe = stripe
        self.run_jobs = run_jobs
        self.api = api
        self.owner = people.alice()
        self.renter = people.bob()
        self.booking_uuid = ""

    def begin_again(self) -> None:
        """The same people, after every table and the stand-in were emptied."""
        clock.forget()
        self.stripe.empty()
        self.owner = people.alice()
        self.renter = people.bob()

    # --- what a test looks at ---

    @property
    def booking(self) -> Booking:
        return Booking.objects.get(uuid=self.booking_uuid)

    @property
    def payment(self) -> Payment:
        return Payment.objects.get(booking__uuid=self.booking_uuid)

    def check_books(self) -> None:
        """What must hold at rest: the books agree with themselves and with Stripe's balance."""
        assert check.problems() == []
        assert balances().get("stripe", 0) == self.stripe.balance()

    # --- steps ---

    def book(self, *, listing: Listing | None = None, days: int = 2, ahead: int = 10, **fields: object) -> dict:
        """Bob holds a bike for whole days from 10:00, `ahead` days from now; the answer of the API."""
        listing = listing or listings.listing(self.owner, photos=0, **fields)
        start = clock.now().astimezone(ZoneInfo("Europe/Paris")).date() + timedelta(days=ahead)
        times = {"from": f"{start}T10:00", "to": f"{start + timedelta(days=days)}T10:00"}
        client = self.api(self.renter)
        quote = client.get(f"/api/listings/{listing.uuid}/quote", times).json()
        body = {"listing": str(listing.uuid), **times, "extras": [], "total": quote["total"], "message": "Bonjour"}
        answer = client.post("/api/bookings", body)
        assert answer.status_code == 201, answer.json()
        self.booking_uuid = answer.json()["id"]
        return answer.json()

    def checkout(self) -> str:
        """The address of the payment page."""
        answer = self.api(self.renter).post(f"/api/bookings/{self.booking_uuid}/checkout", {"language": "en"})
        assert answer.status_code == 200, answer.json()
        return answer.json()["url"]

    def checkout_at_last(self) -> str:
        """The payment page for a renter who presses again when the network fails."""
        for _ in range(4):
            answer = self.api(self.renter).post(f"/api/bookings/{self.booking_uuid}/checkout", {"language": "en"})
            if answer.status_code == 200:
                return answer.json()["url"]
            assert answer.json()["code"] == "payments_unreachable"
        raise AssertionError("The payment page never opened.")

    def pay(self, card: str = GOOD) -> None:
        assert self.stripe.pay(self.checkout(), card)[0] == 303

    def act(self, action: str, by: User, **body: object) -> dict:
        """Somebody does something with the booking; the API's answer."""
        answer = self.api(by).post(f"/api/bookings/{self.booking_uuid}/{action}", body)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def settle(self, deliver: Callable[[list], list] = list) -> None:
        """Let events arrive and jobs run until nothing is left; `deliver` may reorder, double or drop events."""
        for _ in range(10):
            self.run_jobs()
            events = deliver(self.stripe.events())
            if not events:
                return
            for event in events:
                assert post_event(event) == 200
        raise AssertionError("Events never end.")

    def onboard(self) -> None:
        """Alice tells Stripe who she is, and Stripe tells us."""
        answer = self.api(self.owner).post("/api/my/payouts/link", {"language": "en"})
        assert answer.status_code == 201, answer.json()
        account = StripeAccount.objects.get(owner=self.owner)
        self.stripe.order("onboard", account=account.stripe_id)
        self.settle()

    def until(self, instant: datetime) -> None:
        """Let time pass until just after an instant, and what is due happen."""
        self.stripe.travel(instant - clock.now() + timedelta(minutes=1))
        self.sweep()
        self.settle()

    def sweep(self) -> None:
        """What the periodic jobs do."""
        sweep_deadlines(0)
        sweep_commands()

    def catch_up(self) -> None:
        """What the hourly job does."""
        sweep_objects()
        self.settle()

    def lose_jobs(self) -> None:
        """Every job that waits is gone, as after a restore of an older queue."""
        ProcrastinateJob.objects.all()._raw_delete("default")

    def block_the_dates(self) -> None:
        """Alice uses the bike herself on the days that were not paid in time."""
        booking = self.booking
        listings.block(booking.listing, booking.starts_at, booking.ends_at)

    def later(self) -> None:
        """Two minutes pass: what was lost is found again."""
        self.stripe.travel(timedelta(minutes=3))
        self.sweep()
        self.settle()

    def lapse_without_events(self) -> None:
        """The time to pay runs out before Stripe's events arrive."""
        self.stripe.travel(self.booking.pay_by - clock.now() + timedelta(seconds=5))
        sweep_deadlines(0)

    def complete_without_events(self) -> None:
        """The claim window passes while no event arrives."""
        self.stripe.travel(self.booking.claims_until - clock.now() + timedelta(minutes=1))
        self.sweep()
        self.run_jobs()

    # --- whole stretches ---

    def request(self, **fields: object) -> None:
        """Booked, paid, and in front of the owner."""
        self.book(**fields)
        self.pay()
        self.settle()

    def confirm(self, **fields: object) -> None:
        """Accepted, and the money taken."""
        self.request(**fields)
        self.act("accept", self.owner)
        self.settle()

    def ride(self) -> None:
        """Handed over at the start, given back at the end."""
        self.until(self.booking.starts_at)
        self.act("hand_over", self.owner, code=self.code_of(self.renter))
        self.until(self.booking.ends_at - timedelta(minutes=30))
        self.act("give_back", self.renter, code=self.code_of(self.owner))
        self.settle()

    def code_of(self, person: User) -> str:
        """The code this person must show now."""
        return self.api(person).get(f"/api/bookings/{self.booking_uuid}").json()["code"]

    def complete(self) -> None:
        """The claim window passes."""
        self.until(self.booking.claims_until)


def path_of(url: str) -> str:
    """An address without scheme and host."""
    return urlsplit(url).path


__all__ = ["DECLINED", "THREE_D_SECURE", "Journey", "LocalStripe", "path_of", "post_event", "request"]
