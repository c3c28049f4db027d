"""Money at the operator's desk: to read, and to try a failed call again. Nothing is put right by typing."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs
from unfold.admin import ModelAdmin, TabularInline

from payments.commands import renew
from payments.ledger.models import Line, Posting
from payments.models import Effect, Payment, Refund, StripeAccount, StripeCommand, Transfer, WebhookEvent
from payments.transfers import send_again


class ReadOnlyAdmin(ModelAdmin):
    """A list and a page to look at."""

    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(StripeCommand)
class StripeCommandAdmin(ReadOnlyAdmin):
    list_display = ("kind", "booking", "person", "status", "attempt", "last_sent_at", "last_error")
    list_filter = ("status", "kind")
    search_fields = ("=booking__uuid", "=booking__reference", "=answer_id", "=uuid")
    list_select_related = ("booking", "person")
    actions = ("try_again",)

    @admin.action(description=_("Try the failed ones again, under a new key"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[StripeCommand]) -> None:
        failed = queryset.filter(status=StripeCommand.Status.FAILED, transition__isnull=False)
        for command in failed:
            renew(command)
            jobs.configure_task("payments.perform").defer(transition_id=command.transition_id)
        messages.info(request, _("They are on their way again."))


@admin.register(WebhookEvent)
class WebhookEventAdmin(ReadOnlyAdmin):
    list_display = ("event_id", "source", "type", "received_at", "processed_at", "error")
    list_filter = ("source", "type")
    search_fields = ("=event_id",)
    actions = ("process_again",)

    @admin.action(description=_("Work them off again"))
    def process_again(self, request: HttpRequest, queryset: QuerySet[WebhookEvent]) -> None:
        for event in queryset:
            WebhookEvent.objects.filter(pk=event.pk).update(processed_at=None)
            jobs.configure_task("payments.process_event").defer(event_id=event.pk)


@admin.register(Effect)
class EffectAdmin(ReadOnlyAdmin):
    list_display = ("transition", "done_at", "waiting_for")
    list_select_related = ("transition",)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("booking", "status", "amount", "currency", "authorised_at", "capture_before", "captured_at")
    list_filter = ("status",)
    search_fields = ("=booking__uuid", "=booking__reference", "=payment_intent", "=charge")
    list_select_related = ("booking",)


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ("payment", "amount", "status", "booked_at", "stripe_id")
    list_filter = ("status",)


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ("owner", "amount", "status", "waiting_reason", "released_at", "sent_at")
    list_filter = ("status", "waiting_reason")
    list_select_related = ("owner",)
    actions = ("send_now",)

    @admin.action(description=_("Send the refused ones again"))
    def send_now(self, request: HttpRequest, queryset: QuerySet[Transfer]) -> None:
        for transfer in queryset.filter(status=Transfer.Status.WAITING):
            send_again(transfer)


@admin.register(StripeAccount)
class StripeAccountAdmin(ReadOnlyAdmin):
    list_display = ("owner", "status", "stripe_id", "created_at")
    list_filter = ("status",)
    list_select_related = ("owner",)


class LineInline(TabularInline):
    model = Line
    fields = ("account", "owner", "amount")
    readonly_fields = fields
    extra = 0
    can_delete = False


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    list_display = ("ref", "moment", "booking", "at")
    list_filter = ("moment",)
    search_fields = ("=ref", "=booking__uuid", "=booking__reference")
    list_select_related = ("booking",)
    inlines = (LineInline,)
