"""Addresses that do not exist, and a server that broke, answer with a page in the reader's language."""

import pytest
from django.test import Client, RequestFactory

from frontend.views import server_error
from tests.frontend.pages import read


@pytest.mark.django_db
def test_an_unknown_address_is_a_404_page(client: Client) -> None:
    page = read(client, "/fr/nowhere/")
    assert page.status == 404
    assert page.language == "fr"
    assert page.scripts["site"]["page"] == "not_found"
    assert page.meta["robots"] == "noindex"
    assert "Cette route ne mène nulle part" in page.text


def test_an_unknown_api_address_keeps_the_apis_form(client: Client) -> None:
    response = client.get("/api/nowhere")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_the_error_page_asks_the_database_nothing(rf: RequestFactory) -> None:
    """No database is open to this test: a query would fail it."""
    request = rf.get("/en/")
    request.COOKIES["sessionid"] = "somebody"
    response = server_error(request)
    assert response.status_code == 500
    assert "A flat tyre on our side" in response.content.decode()


def test_an_api_call_that_broke_keeps_the_apis_form(rf: RequestFactory) -> None:
    response = server_error(rf.get("/api/me"))
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
