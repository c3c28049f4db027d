"""The books: postings and their lines. Append-only; the database itself refuses changes and postings out of balance."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Posting(models.Model):
    """One moment at which money moved. `ref` names it and is unique, so that nothing is booked twice."""

    ref = models.CharField(max_length=120, unique=True)
    moment = models.CharField(max_length=30)
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, null=True, related_name="postings")
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref


class Line(models.Model):
    """Cents on one account: a debit is positive, a credit negative. The lines of a posting sum to zero."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=20)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="line_not_zero"),
            models.CheckConstraint(
                condition=~Q(account="owner_payable") | Q(owner__isnull=False), name="line_owner_payable_has_owner"
            ),
            models.CheckConstraint(
                condition=~Q(account__in=["held", "refund_payable"]) | Q(booking__isnull=False),
                name="line_held_has_booking",
            ),
        ]
        indexes = [models.Index(fields=["account", "owner", "booking"], name="line_balance")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount:+d}"
