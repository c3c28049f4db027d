"""An authenticator app, recovery codes, and the list of open sessions."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from bikeens.accounts.actions import open_account
from tests.accounts.browser import Browser, errors_of, flows_of

pytestmark = pytest.mark.django_db
PASSWORD = "a bike in every street"


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def signed_in():
    open_account(email="dora@example.com", name="Dora", password=PASSWORD, language="en")
    browser = Browser()
    browser.post("/auth/login", email="dora@example.com", password=PASSWORD)
    return browser


@pytest.fixture
def guarded(signed_in, django_capture_on_commit_callbacks):
    signed_in.post("/auth/reauthenticate", password=PASSWORD)
    secret = signed_in.get("/account/authenticators/totp").json()["meta"]["secret"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in.post("/account/authenticators/totp", code=code_for(secret))
    assert answer.status_code == 200
    codes = signed_in.get("/account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    return secret, codes


def test_a_password_alone_no_longer_signs_in(guarded):
    browser = Browser()
    answer = browser.post("/auth/login", email="dora@example.com", password=PASSWORD)
    assert (answer.status_code, flows_of(answer)["mfa_authenticate"]) == (401, True)
    assert browser.api("me").status_code == 401


def test_a_recovery_code_signs_in_once(guarded):
    _secret, codes = guarded
    for expected in (200, 400):
        browser = Browser()
        browser.post("/auth/login", email="dora@example.com", password=PASSWORD)
        assert browser.post("/auth/2fa/authenticate", code=codes[0]).status_code == expected
        assert browser.signed_in is (expected == 200)


def test_a_wrong_code_stays_outside(guarded):
    browser = Browser()
    browser.post("/auth/login", email="dora@example.com", password=PASSWORD)
    answer = browser.post("/auth/2fa/authenticate", code="000000")
    assert (answer.status_code, errors_of(answer)) == (400, [("code", "incorrect_code")])
    assert not browser.signed_in


def test_turning_it_on_is_told_by_e_mail(guarded):
    assert mail.outbox[-1].subject == "Two-step sign-in is on"


def test_a_person_sees_their_sessions_and_ends_another(signed_in):
    other = Browser("fr")
    other.post("/auth/login", email="dora@example.com", password=PASSWORD)
    sessions = signed_in.get("/auth/sessions").json()["data"]
    assert len(sessions) == 2
    (elsewhere,) = [session["id"] for session in sessions if not session["is_current"]]
    assert signed_in.delete("/auth/sessions", sessions=[elsewhere]).status_code == 200
    assert not other.signed_in
    assert signed_in.signed_in


def test_the_password_is_asked_again_before_the_guard_changes(signed_in):
    secret = signed_in.get("/account/authenticators/totp").json()["meta"]["secret"]
    answer = signed_in.post("/account/authenticators/totp", code=code_for(secret))
    assert (answer.status_code, "reauthenticate" in flows_of(answer)) == (401, True)
    assert signed_in.get("/account/authenticators").json()["data"] == []


def test_a_passkey_can_be_asked_for(signed_in):
    signed_in.post("/auth/reauthenticate", password=PASSWORD)
    options = signed_in.get("/account/authenticators/webauthn").json()["data"]["creation_options"]["publicKey"]
    assert options["rp"]["name"]
    assert options["challenge"]
    challenge = Browser().get("/auth/webauthn/login").json()["data"]["request_options"]["publicKey"]["challenge"]
    assert challenge
