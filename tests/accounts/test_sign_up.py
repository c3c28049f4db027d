import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache

from bikeens.accounts.models import User
from tests.accounts.browser import Browser, code_mailed, errors_of, flows_of

pytestmark = pytest.mark.django_db
DORA = {"email": "Dora@Example.com", "password": "a bike in every street", "name": "Dora  Lind"}


def ten_seconds_later():
    """One address is written to once in ten seconds; allauth counts that by the real clock, in the cache."""
    cache.clear()


def test_a_person_signs_up_with_a_password_and_confirms_the_address_by_code():
    browser = Browser()
    answer = browser.post("/auth/signup", **DORA)
    assert answer.status_code == 401
    assert flows_of(answer)["verify_email"] is True
    assert not browser.signed_in
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["dora@example.com"], "Your code to confirm your e-mail address")

    assert browser.post("/auth/email/verify", key=code_mailed()).status_code == 200
    dora = User.objects.get()
    assert (dora.email, dora.name, dora.language, dora.languages) == ("dora@example.com", "Dora Lind", "en", ["en"])
    assert browser.signed_in
    assert browser.api("me").json()["name"] == "Dora Lind"
    assert EmailAddress.objects.get(user=dora).verified


def test_a_mail_server_that_is_down_costs_the_letter_not_the_sign_up(settings):
    """The page can ask for the code again; an answer of 500 would leave an account that nobody can get into."""
    sent_by = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    browser = Browser()
    answer = browser.post("/auth/signup", **DORA)
    assert answer.status_code == 401
    assert flows_of(answer)["verify_email"] is True
    assert mail.outbox == []

    settings.EMAIL_BACKEND = sent_by
    ten_seconds_later()
    assert browser.post("/auth/email/verify/resend").status_code == 200
    assert browser.post("/auth/email/verify", key=code_mailed()).status_code == 200
    assert browser.signed_in


def test_no_password_is_needed_where_codes_are_enough():
    browser = Browser()
    browser.post("/auth/signup", email="dora@example.com", name="Dora")
    browser.post("/auth/email/verify", key=code_mailed())
    assert browser.signed_in
    assert not User.objects.get().has_usable_password()


def test_who_signs_up_on_a_french_page_gets_french():
    Browser("fr").post("/auth/signup", **DORA)
    assert User.objects.get().language == "fr"
    assert '<html lang="fr">' in mail.outbox[0].alternatives[0].content


def test_a_wrong_code_confirms_nothing_and_three_of_them_end_it():
    browser = Browser()
    browser.post("/auth/signup", **DORA)
    right = code_mailed()
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    answer = browser.post("/auth/email/verify", key=wrong)
    assert (answer.status_code, errors_of(answer)) == (400, [("key", "incorrect_code")])
    for _ in range(2):
        browser.post("/auth/email/verify", key=wrong)
    assert browser.post("/auth/email/verify", key=right).status_code == 409
    assert not browser.signed_in
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (None, "required"),
        ("", "required"),
        ("   ", "required"),
        ("…", "required"),
        ("D" * 61, "name_too_long"),
        ("Dora\nBcc: all", "name_not_plain"),
        ("Dora\u202eLind", "name_not_plain"),
        ("Dora\u0000", "null_characters_not_allowed"),
        ("win at evil.example", "name_not_plain"),
        ("dora@example.com", "name_not_plain"),
        ("<b>Dora</b>", "name_not_plain"),
    ],
)
def test_a_name_must_be_a_name(name, code):
    answer = Browser().post("/auth/signup", **DORA | {"name": name})
    assert (answer.status_code, errors_of(answer)) == (400, [("name", code)])
    assert not User.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["Li", "Zoë", "O’Brien", "J.-P. Martin", "Σοφία", "小林", "M.Dupont", "D" * 60])
def test_names_of_many_kinds_are_names(name):
    Browser().post("/auth/signup", **DORA | {"name": name})
    assert User.objects.get().name == name


@pytest.mark.parametrize("password", ["short", "password1234", "48151623420042"])
def test_a_weak_password_is_refused(password):
    answer = Browser().post("/auth/signup", **DORA | {"password": password})
    assert answer.status_code == 400
    assert {param for param, _ in errors_of(answer)} == {"password"}
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["", "dora", "dora@", "dora@example.com\nBcc: all@example.com"])
def test_an_address_must_be_one(email):
    answer = Browser().post("/auth/signup", **DORA | {"email": email})
    assert answer.status_code == 400
    assert {param for param, _ in errors_of(answer)} == {"email"}
    assert not User.objects.exists()


def test_nobody_learns_that_an_address_has_an_account_already():
    fresh = Browser().post("/auth/signup", email="dora@example.com", name="Dora")
    ten_seconds_later()
    browser = Browser()
    taken = browser.post("/auth/signup", **DORA)
    assert (taken.status_code, flows_of(taken)) == (fresh.status_code, flows_of(fresh))
    assert taken.json().keys() == fresh.json().keys()
    assert User.objects.count() == 1
    assert mail.outbox[-1].subject == "You already have an account"
    assert "http://localhost:8000/en/sign-in/" in mail.outbox[-1].body
    assert not User.objects.get().has_usable_password()


def test_a_guess_made_for_a_taken_address_is_answered_as_for_a_fresh_one():
    Browser().post("/auth/signup", email="dora@example.com", name="Dora")
    ten_seconds_later()
    answers = []
    for email in ("dora@example.com", "fresh@example.com"):
        browser = Browser()
        browser.post("/auth/signup", **DORA | {"email": email})
        answers.append(browser.post("/auth/email/verify", key="0000-0000"))
    taken, fresh = answers
    assert (taken.status_code, errors_of(taken)) == (fresh.status_code, errors_of(fresh))


def test_sign_ups_from_one_place_are_limited():
    for number in range(20):
        Browser().post("/auth/signup", email=f"dora{number}@example.com", name="Dora")
    answer = Browser().post("/auth/signup", email="dora20@example.com", name="Dora")
    assert answer.status_code == 429
    assert User.objects.count() == 20
