"""An owner sets up how they are paid: two calls, one account, and what Stripe says about it."""

from bikeens.notifications.models import Notice
from payments.models import StripeAccount, StripeCommand
from tests.factories import people


def link(api, person, **body):
    return api(person).post("/api/my/payouts/link", body)


def test_nobody_signed_in_is_401(stripe, api):
    assert link(api, None).status_code == 401
    assert api(None).get("/api/my/payouts").status_code == 401
    assert stripe.calls("/") == []


def test_before_anything_there_is_no_account(stripe, api):
    answer = api(people.alice()).get("/api/my/payouts")
    assert answer.json() == {"status": "none", "ready": False, "requirements": []}


def test_the_first_link_makes_the_account_and_later_ones_use_it(stripe, api, settings):
    alice = people.alice()
    first, second = link(api, alice, language="fr"), link(api, alice, language="fr")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["url"].startswith(f"{stripe.base}/onboard/")
    assert first.json()["url"] != second.json()["url"]
    account = StripeAccount.objects.get(owner=alice)
    made, one, two = stripe.calls("/v2/")
    assert made["path"] == "/v2/core/accounts"
    assert made["idempotency_key"] == StripeCommand.objects.get(person=alice, kind="account").idempotency_key
    assert made["params"] == {
        "configuration": {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}},
        "contact_email": "alice@example.com",
        "dashboard": "express",
        "defaults": {"responsibilities": {"fees_collector": "application", "losses_collector": "application"}},
        "display_name": "Alice",
        "identity": {"country": "fr", "entity_type": "individual"},
        "include": ["configuration.recipient", "requirements"],
        "metadata": {"person": str(alice.uuid)},
    }
    page = f"{settings.PUBLIC_URL}/fr/owner/payouts/"
    assert one["path"] == two["path"] == "/v2/core/account_links"
    assert one["params"] == {
        "account": account.stripe_id,
        "use_case": {
            "type": "account_onboarding",
            "account_onboarding": {"refresh_url": f"{page}?setup=again", "return_url": f"{page}?setup=done"},
        },
    }
    assert one["idempotency_key"] != two["idempotency_key"]


def test_a_lost_answer_still_makes_one_account(stripe, api):
    alice = people.alice()
    stripe.order("faults", name="lose_answer", path="/v2/core/accounts")
    refused = link(api, alice)
    assert (refused.status_code, refused.json()["code"]) == (503, "payments_unreachable")
    assert link(api, alice).status_code == 201
    first, second = stripe.calls("/v2/core/accounts")
    assert first["idempotency_key"] == second["idempotency_key"]
    assert len(stripe.process.v2.core.accounts.list().data) == 1


def test_stripe_says_when_the_account_is_active(journey):
    alice = journey.owner
    assert link(journey.api, alice).status_code == 201
    before = journey.api(alice).get("/api/my/payouts").json()
    assert (before["status"], before["ready"]) == ("pending", False)
    assert "bank_account" in before["requirements"]
    journey.onboard()
    after = journey.api(alice).get("/api/my/payouts").json()
    assert after == {"status": "active", "ready": True, "requirements": []}
    assert list(Notice.objects.filter(person=alice).values_list("kind", flat=True)) == ["payout_ready"]


def test_an_account_that_loses_its_capability_is_no_longer_ready(journey):
    journey.onboard()
    account = StripeAccount.objects.get(owner=journey.owner)
    journey.stripe.order("restrict", account=account.stripe_id)
    journey.settle()
    answer = journey.api(journey.owner).get("/api/my/payouts").json()
    assert (answer["status"], answer["ready"]) == ("restricted", False)
    kinds = list(Notice.objects.filter(person=journey.owner).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["payout_ready", "payout_action_needed"]


def test_an_unknown_language_is_refused_and_asks_nothing_of_stripe(stripe, api):
    answer = link(api, people.alice(), language="de")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert stripe.calls("/v2/") == []
