"""People at the operator's desk. Addresses are on a person's own page, never in lists."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from bikeens.accounts.actions import close_account
from bikeens.accounts.models import User

# allauth shows these with every address and secret in a list; nobody at the desk needs them.
for model in (EmailAddress, Authenticator, UserSession, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Accounts are opened by their people and closed here, listings paused; only a superuser makes staff."""

    list_display = ("name", "uuid", "language", "date_joined", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("=email", "name", "=uuid")
    ordering = ("-id",)
    fields = ("name", "email", "uuid", "language", "languages", "time_zone", "date_joined", "last_login", "is_active")
    readonly_fields = ("email", "uuid", "date_joined", "last_login")

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        person = request.user
        return (*self.fields, "is_staff") if isinstance(person, User) and person.is_superuser else self.fields

    def save_model(self, request: HttpRequest, obj: Model, form: Form, change: bool) -> None:
        assert isinstance(obj, User)
        closing = "is_active" in form.changed_data and not obj.is_active
        # Closing an account is more than a column.
        obj.is_active = obj.is_active or closing
        super().save_model(request, obj, form, change)
        if closing:
            close_account(person=obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
