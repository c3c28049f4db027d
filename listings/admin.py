"""Listings at the operator's desk: read, suspended and let go; only their owners change them."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import ActionForm

from bikeens.core.errors import DomainError
from listings import actions
from listings.models import Block, Extra, Listing, Photo


class ReadOnly(ModelAdmin):
    """For staff to read; nothing is added, changed or deleted past the actions."""

    show_full_result_count = False
    ordering = ("-id",)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnlyInline(TabularInline):
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ExtraInline(ReadOnlyInline):
    model = Extra


class PhotoInline(ReadOnlyInline):
    model = Photo
    fields = ("position", "key", "width", "height")


class ReasonForm(ActionForm):
    """The reason that an owner reads."""

    reason = forms.CharField(required=False, max_length=300, label=gettext_lazy("Reason (for suspending)"))


@admin.register(Listing)
class ListingAdmin(ReadOnly):
    """Suspend and let go by the actions of the list; the owner is told the reason."""

    list_display = ("title", "owner", "status", "category", "town", "price_day", "created_at")
    list_filter = ("status", "category", "electric", "instant")
    search_fields = ("title", "=uuid", "=owner__uuid", "owner__name", "town", "=frame_number", "=bicycode")
    list_select_related = ("owner",)
    action_form = ReasonForm
    actions = ("suspend", "unsuspend")
    inlines = (PhotoInline, ExtraInline)

    @admin.action(description=gettext_lazy("Suspend, for the reason given"), permissions=["moderate"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        reason = str(request.POST.get("reason", ""))
        self._each(request, queryset, lambda listing: actions.suspend_listing(listing=listing, reason=reason))

    @admin.action(description=gettext_lazy("Let go of suspended listings"), permissions=["moderate"])
    def unsuspend(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self._each(request, queryset, lambda listing: actions.unsuspend_listing(listing=listing))

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def _each(self, request: HttpRequest, queryset: QuerySet[Listing], act: Callable[[Listing], Listing]) -> None:
        done = 0
        for listing in queryset.order_by("id"):
            try:
                act(listing)
                done += 1
            except DomainError as error:
                self.message_user(request, f"{listing}: {error.message}", messages.ERROR)
        if done:
            text = ngettext("{count} listing done.", "{count} listings done.", done)
            self.message_user(request, text.format(count=done))


@admin.register(Block)
class BlockAdmin(ReadOnly):
    """What blocks a bike, to answer "why can't it be booked then?"."""

    list_display = ("listing", "kind", "starts_at", "ends_at", "lapses_at")
    list_filter = ("kind",)
    search_fields = ("=listing__uuid", "=uuid")
    list_select_related = ("listing",)
