import pytest
from django.test import Client

from tests.factories import people

PAGE = "/desk/accounts/user/"


@pytest.fixture
def desk(db):
    operator = people.person("Olga", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_nobody_is_led_to_the_one_sign_in_and_back(db):
    """The desk has no door of its own: one would know neither rate limits nor the second step."""
    client = Client(headers={"accept-language": "fr"})
    answer = client.get(PAGE, follow=True)
    assert answer.redirect_chain[-1] == ("/fr/sign-in/?next=%2Fdesk%2Faccounts%2Fuser%2F", 302)
    guess = client.post("/desk/login/", {"username": "olga@example.com", "password": "guess"})
    assert guess.headers["Location"] == "/fr/sign-in/?next=%2Fdesk%2F"


def test_the_desk_does_not_exist_for_who_does_not_work_there(bob):
    client = Client()
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(PAGE, follow=True).status_code == 404


def test_an_operator_is_let_in(desk):
    assert desk.get("/desk/login/", follow=True).redirect_chain == [("/desk/", 302)]


def test_the_list_of_people_shows_no_addresses(desk, alice):
    page = desk.get(PAGE).content.decode()
    assert "Alice" in page
    assert "alice@example.com" not in page


def test_a_person_is_found_by_the_whole_address_only(desk, alice):
    assert "Alice" in desk.get(PAGE, {"q": "alice@example.com"}).content.decode()
    assert "Alice" not in desk.get(PAGE, {"q": "example.com"}).content.decode()


def test_a_person_can_be_closed_but_neither_added_nor_deleted(desk, alice):
    assert desk.get(f"{PAGE}{alice.pk}/change/").status_code == 200
    assert desk.get(f"{PAGE}add/").status_code == 403
    assert desk.post(f"{PAGE}{alice.pk}/delete/", {"post": "yes"}).status_code == 403
    alice.refresh_from_db()
    assert alice.is_active


def test_only_a_superuser_makes_staff(desk, alice, db):
    assert "is_staff" in desk.get(f"{PAGE}{alice.pk}/change/").content.decode()


@pytest.mark.parametrize("path", ["account/emailaddress", "mfa/authenticator", "usersessions/usersession"])
def test_addresses_and_secrets_have_no_list(desk, path):
    assert desk.get(f"/desk/{path}/").status_code == 404


def test_the_desks_looser_policy_is_the_desks_alone(desk):
    assert "'unsafe-eval'" in desk.get(PAGE).headers["Content-Security-Policy"]
    for path in ("/en/", "/api/me", "/nothing", "/desktop/"):
        assert "unsafe" not in desk.get(path).headers["Content-Security-Policy"]
