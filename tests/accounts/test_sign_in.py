from pathlib import Path

import allauth
import pytest
from django.core import mail

from bikeens.accounts.actions import open_account
from bikeens.accounts.letters import ROWS
from bikeens.accounts.models import User
from tests.accounts.browser import Browser, code_mailed, errors_of, flows_of

pytestmark = pytest.mark.django_db
PASSWORD = "a bike in every street"


@pytest.fixture
def dora():
    return open_account(email="dora@example.com", name="Dora", password=PASSWORD, language="fr")


def test_the_right_password_signs_in(dora):
    browser = Browser()
    answer = browser.post("/auth/login", email="Dora@example.com", password=PASSWORD)
    assert answer.status_code == 200
    assert answer.json()["data"]["user"]["id"] == str(dora.uuid)
    assert answer.json()["data"]["user"]["display"] == "Dora"
    assert browser.api("me").status_code == 200


@pytest.mark.parametrize("email", ["dora@example.com", "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(dora, email):
    browser = Browser()
    answer = browser.post("/auth/login", email=email, password="not it")
    assert (answer.status_code, errors_of(answer)) == (400, [("password", "email_password_mismatch")])
    assert not browser.signed_in


def test_five_wrong_passwords_close_the_door_to_the_right_one_for_a_while(dora):
    browser = Browser()
    for _ in range(5):
        browser.post("/auth/login", email=dora.email, password="not it")
    answer = browser.post("/auth/login", email=dora.email, password=PASSWORD)
    assert (answer.status_code, errors_of(answer)) == (400, [(None, "too_many_login_attempts")])
    assert not browser.signed_in


def test_a_code_by_e_mail_signs_in(dora):
    browser = Browser()
    answer = browser.post("/auth/code/request", email=dora.email)
    assert (answer.status_code, flows_of(answer)["login_by_code"]) == (401, True)
    assert '<html lang="fr">' in mail.outbox[0].alternatives[0].content
    assert browser.post("/auth/code/confirm", code=code_mailed()).status_code == 200
    assert browser.signed_in


def test_asking_a_code_for_an_unknown_address_is_answered_alike(dora):
    known, unknown = Browser(), Browser()
    answers = [
        known.post("/auth/code/request", email=dora.email),
        unknown.post("/auth/code/request", email="nobody@example.com"),
    ]
    assert answers[0].status_code == answers[1].status_code == 401
    assert flows_of(answers[0]) == flows_of(answers[1])
    assert mail.outbox[1].subject == "There is no account with this address"
    guesses = [browser.post("/auth/code/confirm", code="0000-0000") for browser in (known, unknown)]
    assert [errors_of(guess) for guess in guesses] == [[("code", "incorrect_code")]] * 2


def test_a_forgotten_password_is_replaced_by_code(dora):
    browser = Browser()
    assert browser.post("/auth/password/request", email=dora.email).status_code == 401
    answer = browser.post("/auth/password/reset", key=code_mailed(), password="another bike in every street")
    assert answer.status_code == 200
    assert browser.signed_in
    dora.refresh_from_db()
    assert dora.check_password("another bike in every street")
    assert not dora.check_password(PASSWORD)


def test_who_signed_up_with_a_strangers_address_cannot_come_back_once_its_owner_has_signed_in():
    thief = Browser()
    thief.post("/auth/signup", email="dora@example.com", name="Dora", password=PASSWORD)
    browser = Browser()
    browser.post("/auth/code/request", email="dora@example.com")
    assert browser.post("/auth/code/confirm", code=code_mailed()).status_code == 200
    answer = Browser().post("/auth/login", email="dora@example.com", password=PASSWORD)
    assert answer.status_code == 400
    assert not thief.signed_in
    assert not User.objects.get().has_usable_password()


def test_a_password_of_ones_own_stays_after_signing_in_by_code(dora):
    Browser().post("/auth/login", email=dora.email, password=PASSWORD)
    browser = Browser()
    browser.post("/auth/code/request", email=dora.email)
    browser.post("/auth/code/confirm", code=code_mailed())
    dora.refresh_from_db()
    assert dora.check_password(PASSWORD)


def test_signing_out_ends_the_session(dora):
    browser = Browser()
    browser.post("/auth/login", email=dora.email, password=PASSWORD)
    assert browser.delete("/auth/session").status_code == 401
    assert browser.api("me").status_code == 401


def test_a_closed_account_stays_out(dora):
    dora.is_active = False
    dora.save()
    browser = Browser()
    browser.post("/auth/login", email=dora.email, password=PASSWORD)
    assert not browser.signed_in


def test_a_request_without_the_csrf_token_is_refused(dora):
    browser = Browser()
    answer = browser.client.post(
        "/_allauth/browser/v1/auth/login", {"email": dora.email, "password": PASSWORD}, "application/json"
    )
    assert answer.status_code == 403
    assert not browser.signed_in


def test_a_changed_password_is_told_by_e_mail_with_where_it_came_from(dora):
    browser = Browser()
    browser.post("/auth/login", email=dora.email, password=PASSWORD)
    answer = browser.post("/account/password/change", current_password=PASSWORD, new_password="quite another bike")
    assert answer.status_code == 200
    letter = mail.outbox[-1]
    assert letter.to == ["dora@example.com"]
    assert "127.0.0.1" in letter.body


def test_every_e_mail_of_allauth_has_words_of_ours():
    folders = [Path(allauth.__file__).parent / "templates" / app / "email" for app in ("account", "mfa")]
    prefixes = {
        f"{folder.parent.name}/email/{file.name.removesuffix('_subject.txt')}"
        for folder in folders
        for file in folder.glob("*_subject.txt")
    }
    # A link by e-mail to choose a new password: we send codes.
    assert prefixes - {"account/email/password_reset_key"} == set(ROWS)
