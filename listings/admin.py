"""Listings at the operator's desk: read, suspended and let go; only their owners change them."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import ActionForm

from bikeens.accounts.models import User
from bikeens.core.errors import DomainError
from listings import actions
from listings.models import Block, Extra, HeldBike, Listing, Photo, StolenReport
from listings.numbers import numbers_of


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


class StolenForm(forms.ModelForm):  # type: ignore[type-arg]
    """Numbers as they are typed; they are kept as they are compared."""

    class Meta:
        model = StolenReport
        fields = ("frame_number", "bicycode", "police_report")

    def clean(self) -> dict[str, object]:
        data = dict(super().clean() or {})
        if not numbers_of(frame_number=str(data.get("frame_number")), bicycode=str(data.get("bicycode"))):
            text = gettext_lazy("Give a frame number of 5 letters and digits or more, or a whole Bicycode.")
            self.add_error("frame_number", str(text))
        return data


@admin.register(StolenReport)
class StolenReportAdmin(ReadOnly):
    """The register of missing bikes. A new report suspends the listings that show the bike, by a job."""

    list_display = ("reported_at", "frame_number", "bicycode", "police_report", "listing", "reported_by", "found_at")
    list_filter = (("found_at", admin.EmptyFieldListFilter),)
    search_fields = ("=frame_number", "=bicycode", "police_report", "=listing__uuid")
    list_select_related = ("listing", "reported_by")
    form = StolenForm
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def save_model(self, request: HttpRequest, obj: Model, form: forms.Form, change: bool) -> None:
        assert isinstance(request.user, User)
        made = actions.register_stolen(staff=request.user, **form.cleaned_data)
        obj.pk = made.pk

    @admin.action(description=gettext_lazy("Found again"), permissions=["moderate"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[StolenReport]) -> None:
        for report in queryset.order_by("id"):
            actions.revoke_report(report=report)


@admin.register(HeldBike)
class HeldBikeAdmin(ReadOnly):
    """Bikes kept from being shown by their numbers. Take the report back or suspend the other listing, then settle."""

    list_display = ("listing", "owner", "reason", "report", "other", "attempts", "held_at", "settled_at")
    list_filter = (("settled_at", admin.EmptyFieldListFilter), "reason")
    list_select_related = ("listing__owner", "report", "other")
    search_fields = ("=listing__uuid", "listing__title")
    actions = ("settle",)

    def owner(self, row: HeldBike) -> User:
        return row.listing.owner

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    @admin.action(description=gettext_lazy("Settled"), permissions=["moderate"])
    def settle(self, request: HttpRequest, queryset: QuerySet[HeldBike]) -> None:
        actions.settle_held(bikes=queryset)
