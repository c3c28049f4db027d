"""Who pays and is paid, what was asked of Stripe, and what Stripe told. The books are in payments/ledger."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from payments.ledger.models import Line, Posting

__all__ = [
    "Customer",
    "Effect",
    "Line",
    "Payment",
    "Posting",
    "Refund",
    "StripeAccount",
    "StripeCommand",
    "Transfer",
    "WebhookEvent",
]


class Customer(models.Model):
    """A person as Stripe knows them when they pay."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="customer")
    stripe_id = models.CharField(max_length=64, unique=True)


class StripeAccount(models.Model):
    """An owner's account at Stripe, where their share goes. Transfers need it active."""

    class Status(models.TextChoices):
        PENDING = "pending"
        ACTIVE = "active"
        RESTRICTED = "restricted"

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stripe_account")
    stripe_id = models.CharField(max_length=64, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    requirements = models.JSONField(default=list, help_text="What Stripe still wants to know, in Stripe's words.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["pending", "active", "restricted"]), name="stripe_account_status"
            )
        ]

    @property
    def ready(self) -> bool:
        return self.status == self.Status.ACTIVE


class Payment(models.Model):
    """The renter's money of one booking: a Checkout Session, then its PaymentIntent and charge. Amounts in cents."""

    class Status(models.TextChoices):
        OPEN = "open"
        AUTHORISED = "authorised"
        CAPTURED = "captured"
        VOID = "void"

    booking = models.OneToOneField("bookings.Booking", on_delete=models.PROTECT, related_name="payment")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    checkout_session = models.CharField(max_length=120, unique=True, null=True, blank=True)
    checkout_url = models.TextField(blank=True)
    checkout_expires_at = models.DateTimeField(null=True)
    payment_intent = models.CharField(max_length=64, unique=True, null=True, blank=True)
    charge = models.CharField(max_length=64, unique=True, null=True, blank=True)
    authorised_at = models.DateTimeField(null=True)
    capture_before = models.DateTimeField(null=True, help_text="When the bank lets go of money that nobody took.")
    captured_at = models.DateTimeField(null=True)
    stripe_fee = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "authorised", "captured", "void"]), name="payment_status"
            ),
            models.CheckConstraint(
                condition=Q(status="captured", captured_at__isnull=False, charge__isnull=False)
                | (~Q(status="captured") & Q(captured_at__isnull=True)),
                name="payment_captured_says_when",
            ),
        ]


class Effect(models.Model):
    """That what a transition does with money has been done, or what it is waiting for. Made by payments.perform."""

    transition = models.OneToOneField("bookings.Transition", on_delete=models.PROTECT, related_name="effect")
    done_at = models.DateTimeField(null=True)
    waiting_for = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(done_at__isnull=True), name="effect_open")]


class StripeCommand(models.Model):
    """One call that changes something at Stripe, written down before it is made.

    `params` are frozen: a repeated attempt sends the same under the same key and so makes one object. A new attempt,
    with a new key, is only made when Stripe said no to the one before. It belongs to a transition or, where no
    booking is concerned, to a person.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    transition = models.ForeignKey("bookings.Transition", on_delete=models.PROTECT, null=True, related_name="commands")
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    params = models.JSONField()
    attempt = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    created_at = models.DateTimeField()
    first_sent_at = models.DateTimeField(null=True, help_text="Of this attempt; Stripe forgets a key after a day.")
    last_sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    answer_id = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "kind"], condition=Q(transition__isnull=False), name="command_once_per_transition"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(transition__isnull=True), name="command_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(transition__isnull=False, booking__isnull=False, person__isnull=True)
                | Q(transition__isnull=True, booking__isnull=True, person__isnull=False),
                name="command_of_transition_or_person",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "running", "done", "failed"]), name="command_status"
            ),
        ]
        indexes = [models.Index(fields=["last_sent_at"], condition=~Q(status="done"), name="command_open")]

    @property
    def idempotency_key(self) -> str:
        """Of this attempt. The random part keeps a fresh database from meeting the keys of an old one."""
        return f"{self.kind}_{self.uuid.hex}_{self.attempt}"


class Refund(models.Model):
    """Money on its way back to the renter's card, in cents."""

    class Status(models.TextChoices):
        ASKED = "asked"
        PENDING = "pending"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    transition = models.OneToOneField("bookings.Transition", on_delete=models.PROTECT, related_name="refund")
    amount = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    stripe_id = models.CharField(max_length=64, unique=True, null=True, blank=True)
    booked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "pending", "succeeded", "failed"]), name="refund_status"
            ),
        ]


class Transfer(models.Model):
    """The owner's share of one charge on its way to their account, in cents. Waits while the account is not active."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="transfers")
    transition = models.OneToOneField("bookings.Transition", on_delete=models.PROTECT, related_name="transfer")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="transfers")
    amount = models.BigIntegerField()
    amount_reversed = models.BigIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    waiting_reason = models.CharField(max_length=40, blank=True)
    stripe_id = models.CharField(max_length=64, unique=True, null=True, blank=True)
    released_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_positive"),
            models.CheckConstraint(
                condition=Q(amount_reversed__gte=0, amount_reversed__lte=F("amount")), name="transfer_reversed_within"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", stripe_id__isnull=True)
                | Q(status="sent", stripe_id__isnull=False, sent_at__isnull=False),
                name="transfer_sent_says_when",
            ),
        ]
        indexes = [models.Index(fields=["owner"], condition=Q(status="waiting"), name="transfer_waiting")]


class WebhookEvent(models.Model):
    """An event as Stripe sent it, once each. Never believed: its object is fetched again before anything is done."""

    class Source(models.TextChoices):
        PLATFORM = "platform"
        CONNECT = "connect"
        THIN = "thin"

    event_id = models.CharField(max_length=120, unique=True)
    source = models.CharField(max_length=10, choices=Source)
    type = models.CharField(max_length=120)
    payload = models.JSONField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], condition=Q(processed_at__isnull=True), name="event_unprocessed")
        ]
