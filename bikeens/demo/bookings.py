"""Play the demo's bookings and leave everything as if the site had been open all along."""

from django.db import connection

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.demo import stripe
from bikeens.demo.lives import Stage, live, plans
from bikeens.demo.people import Cast
from bikeens.notifications.models import Notice
from bookings.models import Booking
from listings.models import Listing
from payments.models import StripeAccount, WebhookEvent
from payments.onboarding import open_onboarding, refresh_account
from payments.sweeps import fetch_missed_events

# Lead times and opening hours that let a booking begin and end at ten.
EASY = {"lead_time_h__lte": 4, "horizon_days": 80}


def make_bookings(cast: Cast) -> int:
    """Every booking of the demo, with its money; returns how many there are."""
    now = clock.now()
    with stripe.running():
        try:
            claires = [bike for bike in _bikes() if bike.owner == cast.claire]
            elsewhere = [bike for bike in _bikes() if bike.owner != cast.claire][::3]
            _onboard([cast.claire, *(bike.owner for bike in elsewhere[:40])])
            stage = Stage(now)
            for plan in plans(now, claires, elsewhere, cast.renters):
                live(stage, plan)
            stage.play()
            # Stripe told nobody while this was going on; what it would have said has been read already.
            fetch_missed_events(0)
        finally:
            clock.reset()
    WebhookEvent.objects.update(processed_at=clock.now())
    Notice.objects.update(read_at=clock.now(), emailed_at=clock.now())
    with connection.cursor() as cursor:
        # Letters and sweeps about days gone by.
        cursor.execute("DELETE FROM procrastinate_jobs")
    return Booking.objects.count()


def _bikes() -> list[Listing]:
    """Those that can begin and end at ten on any day."""
    return [bike for bike in Listing.objects.filter(**EASY).select_related("owner") if _open_at_ten(bike)]


def _open_at_ten(bike: Listing) -> bool:
    ten = 600
    return all(any(opens <= ten < closes for opens, closes in day) for day in bike.opening)


def _onboard(owners: list[User]) -> None:
    """Claire and most others can be paid; a few have not told Stripe who they are yet."""
    for number, owner in enumerate(dict.fromkeys(owners)):
        if number % 5 == 4:
            continue
        open_onboarding(owner=owner, language="fr")
        account = StripeAccount.objects.get(owner=owner)
        stripe.order("onboard", account=account.stripe_id)
        refresh_account(account)
