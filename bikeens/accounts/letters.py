"""Every e-mail that allauth sends, in our words: one row per kind, rendered as a letter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bikeens.core.letters import Letter

Text = str | Promise
SIGN_IN, SIGN_UP, ACCOUNT = "/sign-in/", "/sign-up/", "/account/"

CODE_NOTE = gettext_lazy(
    "Enter it in the window you have open. It works for 15 minutes. Never give it to anybody: we don't ask for it."
)
CHANGE_NOTE = gettext_lazy("If this was not you, change your password at once and look at your open sessions.")
SEE_ACCOUNT = gettext_lazy("See my account")


@dataclass(frozen=True)
class Row:
    """The texts of one e-mail; a row with a path has a button."""

    subject: Text
    lead: Text
    note: Text = ""
    button: Text = ""
    path: str = ""


def change(subject: Text, lead: Text) -> Row:
    """Something about the account was changed: whoever did not do it must learn of it."""
    return Row(subject, lead, CHANGE_NOTE, SEE_ACCOUNT, ACCOUNT)


_WELCOME = Row(
    gettext_lazy("Your code to confirm your e-mail address"),
    gettext_lazy("Welcome to Bikeens. This code confirms that the address is yours:"),
    CODE_NOTE,
)
ROWS: dict[str, Row] = {
    "account/email/email_confirmation_signup": _WELCOME,
    "account/email/email_confirmation": Row(
        gettext_lazy("Your code to confirm your e-mail address"),
        gettext_lazy("This code confirms that the address is yours:"),
        CODE_NOTE,
    ),
    "account/email/login_code": Row(
        gettext_lazy("Your code to sign in"), gettext_lazy("This code signs you in to Bikeens:"), CODE_NOTE
    ),
    "account/email/password_reset_code": Row(
        gettext_lazy("Your code to choose a new password"),
        gettext_lazy("This code lets you choose a new password:"),
        CODE_NOTE,
    ),
    "account/email/account_already_exists": Row(
        gettext_lazy("You already have an account"),
        gettext_lazy("Somebody, most likely you, wanted to sign up with this address, which has an account already."),
        gettext_lazy("You can sign in with a code by e-mail if you don't remember your password."),
        gettext_lazy("Sign in"),
        SIGN_IN,
    ),
    "account/email/unknown_account": Row(
        gettext_lazy("There is no account with this address"),
        gettext_lazy("Somebody, most likely you, wanted to sign in with this address, which has no account yet."),
        gettext_lazy("If it was not you, there is nothing to do."),
        gettext_lazy("Sign up"),
        SIGN_UP,
    ),
    "account/email/email_changed": change(
        gettext_lazy("Your e-mail address was changed"),
        gettext_lazy("Your account now has the address {to_email} in place of {from_email}."),
    ),
    "account/email/email_confirm": change(
        gettext_lazy("Your e-mail address is confirmed"), gettext_lazy("Your e-mail address is confirmed.")
    ),
    "account/email/email_deleted": change(
        gettext_lazy("An e-mail address was removed"),
        gettext_lazy("The address {deleted_email} was removed from your account."),
    ),
    "account/email/password_changed": change(
        gettext_lazy("Your password was changed"), gettext_lazy("The password of your account was changed.")
    ),
    "account/email/password_reset": change(
        gettext_lazy("You have a new password"), gettext_lazy("A new password was chosen for your account.")
    ),
    "account/email/password_set": change(
        gettext_lazy("Your account has a password"), gettext_lazy("A password was set for your account.")
    ),
    "mfa/email/totp_activated": change(
        gettext_lazy("Two-step sign-in is on"), gettext_lazy("An authenticator app now guards your account.")
    ),
    "mfa/email/totp_deactivated": change(
        gettext_lazy("Two-step sign-in is off"), gettext_lazy("The authenticator app no longer guards your account.")
    ),
    "mfa/email/recovery_codes_generated": change(
        gettext_lazy("You have new recovery codes"),
        gettext_lazy("New recovery codes were made for your account; the old ones no longer work."),
    ),
    "mfa/email/webauthn_added": change(
        gettext_lazy("A passkey was added"), gettext_lazy("A passkey was added to your account.")
    ),
    "mfa/email/webauthn_removed": change(
        gettext_lazy("A passkey was removed"), gettext_lazy("A passkey was removed from your account.")
    ),
}


def letter_of(kind: str, facts: Mapping[str, object]) -> Letter:
    """The letter for allauth's template prefix `kind`, in the active language. KeyError for a kind without a row."""
    row = ROWS[kind]
    texts = {name: str(value) for name, value in facts.items() if isinstance(value, str)}
    return Letter(
        subject=str(row.subject),
        lead=str(row.lead).format_map(texts),
        facts=_whence(facts) if row.note is CHANGE_NOTE else (),
        code=texts.get("code", ""),
        note=str(row.note),
        button=str(row.button),
        path=row.path,
    )


def _whence(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """Where a change came from, so that a stranger's is recognised."""
    named = {_("Address on the internet"): facts.get("ip"), _("Browser"): facts.get("user_agent")}
    return [(label, str(value)) for label, value in named.items() if value]
