from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bikeens.core import clock
from bikeens.core.models import PublicModel
from bikeens.core.money import Money
from bookings import states
from listings.choices import Policy
from listings.models import Block, Listing


class Booking(PublicModel):
    """One rental, from the moment its dates are held. Only `machine.py` writes `state` and what follows from it.

    Amounts are minor units of `currency`, frozen with the quote. `deadline` is when the clock acts next, whatever the
    state; the named times beside it are what people are told.
    """

    reference = models.CharField(max_length=10, unique=True, editable=False)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="bookings")
    renter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rentals")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lettings")
    block = models.OneToOneField(Block, on_delete=models.SET_NULL, null=True, related_name="booking")
    state = models.CharField(max_length=16, choices=[(state, state) for state in states.STATES])
    created_at = models.DateTimeField(default=clock.now, editable=False)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    from_wall = models.CharField(max_length=16, help_text="The listing's wall clock, like 2026-07-04T10:00.")
    to_wall = models.CharField(max_length=16)
    time_zone = models.CharField(max_length=64)
    buffer_min = models.PositiveSmallIntegerField(default=0, help_text="The bike stays blocked for so long after it.")

    quote = models.JSONField()
    currency = models.CharField(max_length=3)
    total_amount = models.PositiveIntegerField(help_text="What the renter pays.")
    rental_amount = models.PositiveIntegerField(help_text="Rental and extras.")
    renter_fee = models.PositiveIntegerField(help_text="The service fee on top.")
    commission = models.PositiveIntegerField(help_text="Kept of rental and extras.")
    owner_net = models.PositiveIntegerField()
    fee_vat = models.PositiveIntegerField(help_text="Contained in the service fee.")
    commission_vat = models.PositiveIntegerField(help_text="Contained in the commission.")
    hour_price = models.PositiveIntegerField(null=True, help_text="For lateness.")
    day_price = models.PositiveIntegerField(help_text="For lateness.")
    policy = models.CharField(max_length=10, choices=Policy.choices)
    instant = models.BooleanField()
    message = models.TextField(max_length=2000, blank=True)

    pay_by = models.DateTimeField()
    capture_before = models.DateTimeField(null=True, help_text="Until then the authorised money can be taken.")
    answer_by = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    said_returned_at = models.DateTimeField(null=True)
    said_returned_by = models.CharField(max_length=8, blank=True)
    returned_at = models.DateTimeField(null=True)
    claims_until = models.DateTimeField(null=True)
    settle_by = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)

    late_hours = models.PositiveSmallIntegerField(default=0)
    late_fee = models.PositiveIntegerField(default=0)

    handover_code = models.CharField(max_length=6, help_text="The renter shows it, the owner enters it.")
    return_code = models.CharField(max_length=6, help_text="The owner shows it, the renter enters it.")
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    codes_locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=states.STATES), name="booking_state"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(owner=F("renter")), name="booking_of_somebody_else"),
            models.CheckConstraint(condition=Q(policy__in=Policy.values), name="booking_policy"),
            models.CheckConstraint(
                condition=Q(total_amount=F("rental_amount") + F("renter_fee"), total_amount__gt=0),
                name="booking_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(rental_amount=F("commission") + F("owner_net")), name="booking_shares_add_up"
            ),
            models.CheckConstraint(
                condition=Q(fee_vat__lte=F("renter_fee"), commission_vat__lte=F("commission")), name="booking_vat"
            ),
            models.CheckConstraint(
                condition=Q(state__in=states.FINAL, deadline__isnull=True)
                | Q(state__in=states.OPEN, deadline__isnull=False),
                name="booking_open_has_a_deadline",
            ),
            # A hold that lapsed may be swept away under a booking whose own clock has not run yet; a booking's block
            # never is.
            models.CheckConstraint(
                condition=~Q(state__in=[states.CONFIRMED, states.ACTIVE]) | Q(block__isnull=False),
                name="booking_has_its_dates",
            ),
            models.UniqueConstraint(
                fields=["renter"], condition=Q(state=states.PENDING_PAYMENT), name="booking_one_unpaid_hold"
            ),
        ]
        indexes = [
            models.Index(fields=["deadline"], condition=Q(deadline__isnull=False), name="booking_deadline"),
            models.Index(fields=["renter", "state"], name="booking_renter_state"),
            models.Index(fields=["owner", "state"], name="booking_owner_state"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.state})"

    def money(self, cents: int) -> Money:
        """An amount of the booking's currency."""
        return Money(cents, self.currency)

    @property
    def from_local(self) -> datetime:
        return datetime.fromisoformat(self.from_wall)

    @property
    def to_local(self) -> datetime:
        return datetime.fromisoformat(self.to_wall)


class Transition(models.Model):
    """One step of one booking, written once: the history people read, and the outbox of what money has to do.

    `money` is the operation of the table's row; `data` holds the amounts it works with, frozen in cents.
    """

    id = models.BigAutoField(primary_key=True)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="transitions")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=1000, blank=True)
    money = models.CharField(max_length=16, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_state__in=states.STATES), name="transition_to_state"),
            models.CheckConstraint(
                condition=Q(from_state__in=[states.NOTHING, *states.STATES]), name="transition_from_state"
            ),
            models.CheckConstraint(condition=Q(actor_kind__in=states.KINDS_OF_ACTOR), name="transition_actor_kind"),
            models.CheckConstraint(condition=Q(money__in=states.MONEY), name="transition_money"),
        ]

    def __str__(self) -> str:
        return f"{self.action} of {self.booking_id} at {self.at:%Y-%m-%d %H:%M} UTC"


class Claim(PublicModel):
    """What one side says went wrong, and what the other answered.

    `refund` is the proposal: how many cents of the held price go back to the renter if nobody objects.
    """

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="claim")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=8)
    kind = models.CharField(max_length=20)
    text = models.TextField(max_length=2000)
    amount = models.PositiveIntegerField(help_text="Asked for, in minor units.")
    refund = models.PositiveIntegerField(help_text="What would go back to the renter, in minor units.")
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    settled_at = models.DateTimeField(null=True)
    settled_refund = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(by_role__in=states.EITHER), name="claim_by_role"),
            models.CheckConstraint(condition=Q(kind__in=list(states.CLAIMS)), name="claim_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by_role} of {self.booking_id}"
