"""Money at the operator's desk: to read, and to try a failed call again."""

import pytest
from rest_framework.test import APIClient

from bikeens.accounts.models import User
from payments.models import Refund, StripeCommand
from tests.factories import people

PAGES = ("stripecommand", "webhookevent", "effect", "payment", "refund", "transfer", "stripeaccount", "posting")


@pytest.fixture
def desk(commits):
    client = APIClient()
    operator = User.objects.create_superuser("operator@example.com", name="Operator")
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("page", PAGES)
def test_only_staff_sees_it(api, db, page):
    assert api(people.bob()).get(f"/desk/payments/{page}/").status_code == 302


def test_every_list_and_posting_can_be_read(journey, desk):
    journey.onboard()
    journey.confirm()
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.settle()
    for page in PAGES:
        assert desk.get(f"/desk/payments/{page}/").status_code == 200, page
    posting = journey.booking.postings.get(moment="split")
    answer = desk.get(f"/desk/payments/posting/{posting.pk}/change/")
    assert answer.status_code == 200
    assert "refund_payable" in answer.content.decode()
    assert desk.get("/desk/payments/posting/add/").status_code == 403
    assert desk.post(f"/desk/payments/posting/{posting.pk}/delete/", {"post": "yes"}).status_code == 403
    assert journey.booking.postings.filter(pk=posting.pk).exists()


def test_a_refused_refund_waits_and_staff_try_it_again(journey, desk):
    journey.confirm()
    journey.stripe.order("faults", name="status", path="/v1/refunds", status=402)
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.settle()
    command = StripeCommand.objects.get(kind="refund")
    assert (command.status, Refund.objects.get().status) == ("failed", "asked")
    journey.later()
    assert len(journey.stripe.calls("/v1/refunds")) == 1
    answer = desk.post(
        "/desk/payments/stripecommand/", {"action": "try_again", "_selected_action": [command.pk]}, format="multipart"
    )
    assert answer.status_code == 302
    journey.settle()
    first, second = journey.stripe.calls("/v1/refunds")
    assert first["idempotency_key"] != second["idempotency_key"]
    assert Refund.objects.get().status == "succeeded"
    journey.check_books()
