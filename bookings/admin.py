"""Bookings at the operator's desk: read, and moved by the steps of the table, with a reason that both sides read."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.forms import ActionForm

from bikeens.accounts.models import User
from bikeens.core.errors import DomainError
from bikeens.core.money import Money
from bookings import actions
from bookings.models import Booking, Claim, Transition
from listings.admin import ReadOnly, ReadOnlyInline

# The steps that staff take for one of the sides; the rest is the clock's and the sides' own.
STAFF_STEPS = {
    "accept": gettext_lazy("Accept for the owner"),
    "decline": gettext_lazy("Decline for the owner"),
    "withdraw": gettext_lazy("Withdraw for the renter"),
    "cancel": gettext_lazy("Cancel, everything goes back to the renter"),
    "hand_over": gettext_lazy("Hand over without the code"),
    "give_back": gettext_lazy("Take the bike for returned"),
    "settle": gettext_lazy("Settle the claim, as proposed or with the refund given"),
}
Act = Callable[[ModelAdmin, HttpRequest, QuerySet[Booking]], None]


class StepForm(ActionForm):
    reason = forms.CharField(required=False, max_length=1000, label=gettext_lazy("Reason"))
    refund = forms.IntegerField(required=False, min_value=0, label=gettext_lazy("Refund in cents (for settling)"))


class TransitionInline(ReadOnlyInline):
    model = Transition
    fields = ("at", "action", "from_state", "to_state", "actor_kind", "actor", "reason", "money", "data")
    readonly_fields = fields
    ordering = ("pk",)


class ClaimInline(ReadOnlyInline):
    model = Claim


def staff_step(action: str) -> Act:
    """An action of the admin's list that takes one step for each chosen booking, in its own transaction."""

    def run(modeladmin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        staff, done = request.user, 0
        assert isinstance(staff, User)
        for booking in queryset.order_by("pk"):
            try:
                actions.act_as_staff(
                    booking=booking,
                    staff=staff,
                    action=action,
                    reason=str(request.POST.get("reason", "")),
                    data=_data(request, booking),
                )
                done += 1
            except DomainError as error:
                modeladmin.message_user(request, f"{booking.reference}: {error.message}", messages.ERROR)
        if done:
            text = ngettext("{count} booking moved.", "{count} bookings moved.", done)
            modeladmin.message_user(request, text.format(count=done))

    run.__name__ = action
    return admin.action(run, description=STAFF_STEPS[action], permissions=["view"])


def _data(request: HttpRequest, booking: Booking) -> dict[str, Any]:
    refund = str(request.POST.get("refund", ""))
    return {"refund": Money(int(refund), booking.currency)} if refund.isdigit() else {}


@admin.register(Booking)
class BookingAdmin(ReadOnly):
    """Read everything but the codes; the list's actions take the steps."""

    list_display = ("reference", "state", "listing", "renter", "owner", "starts_at", "ends_at", "deadline")
    list_filter = ("state", "instant", "policy")
    search_fields = ("=reference", "=uuid", "=renter__uuid", "=owner__uuid", "=listing__uuid")
    list_select_related = ("listing", "renter", "owner")
    exclude = ("handover_code", "return_code")
    action_form = StepForm
    actions = [staff_step(action) for action in STAFF_STEPS]
    inlines = (TransitionInline, ClaimInline)
