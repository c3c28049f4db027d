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


@pytest.mark.parametrize("reader", ["bob", None])
def test_the_desk_is_closed_to_everybody_else(bob, alice, reader):
    client = Client()
    if reader:
        client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert "/login/" in answer.url


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
