"""After the claim window: the owner's share goes to the owner's account, as soon as there is one."""

from bikeens.notifications.models import Notice
from payments.ledger.balances import balance, balances
from payments.models import StripeAccount, StripeCommand, Transfer


def transfers(journey):
    return journey.stripe.calls("/v1/transfers")


def test_the_whole_journey_pays_the_owner(journey):
    journey.onboard()
    journey.confirm()
    journey.ride()
    assert transfers(journey) == []
    journey.complete()
    booking, payment = journey.booking, journey.payment
    assert booking.state == "completed"
    (call,) = transfers(journey)
    transition = booking.transitions.get(action="complete")
    assert call["params"] == {
        "amount": str(booking.owner_net),
        "currency": "eur",
        "destination": StripeAccount.objects.get().stripe_id,
        "source_transaction": payment.charge,
        "transfer_group": f"booking_{booking.uuid}",
        "metadata": {
            "booking": str(booking.uuid),
            "kind": "release",
            "ledger_ref": f"transfer:{booking.uuid}:{transition.pk}",
        },
    }
    assert call["idempotency_key"] == StripeCommand.objects.get(kind="transfer").idempotency_key
    sums = balances()
    assert (sums["held"], sums["owner_payable"]) == (0, 0)
    fees = sums["commission"] + sums["service_fee"] + sums["vat"]
    assert booking.owner_net + fees == booking.total_amount
    assert fees == booking.commission + booking.renter_fee
    assert sums["stripe"] == fees - payment.stripe_fee
    journey.check_books()


def test_without_an_account_the_money_waits_and_says_so(journey):
    journey.confirm()
    journey.ride()
    journey.complete()
    transfer = Transfer.objects.get()
    assert (transfer.status, transfer.waiting_reason) == ("waiting", "no_account")
    assert transfers(journey) == []
    assert balance("owner_payable", owner=journey.owner) == journey.booking.owner_net
    earnings = journey.api(journey.owner).get("/api/my/earnings").json()
    assert (earnings["waiting_reason"], earnings["rows"][0]["state"]) == ("no_account", "waiting")
    assert Notice.objects.filter(person=journey.owner, kind="payout_waiting").count() == 1
    journey.later()
    assert Notice.objects.filter(person=journey.owner, kind="payout_waiting").count() == 1
    journey.check_books()


def test_it_leaves_by_itself_when_the_account_becomes_active(journey):
    journey.confirm()
    journey.ride()
    journey.complete()
    journey.api(journey.owner).post("/api/my/payouts/link", {})
    journey.later()
    assert transfers(journey) == []
    journey.stripe.order("onboard", account=StripeAccount.objects.get().stripe_id)
    journey.settle()
    assert len(transfers(journey)) == 1
    assert Transfer.objects.get().status == "sent"
    journey.check_books()


def test_an_account_restricted_meanwhile_makes_it_wait(journey):
    journey.onboard()
    journey.confirm()
    journey.ride()
    account = StripeAccount.objects.get().stripe_id
    journey.stripe.order("webhooks", paused=True)
    journey.stripe.order("restrict", account=account)
    journey.complete_without_events()
    transfer = Transfer.objects.get()
    assert (transfer.status, transfer.waiting_reason) == ("waiting", "account_not_active")
    assert StripeAccount.objects.get().status == "restricted"
    journey.stripe.order("webhooks")
    journey.stripe.order("onboard", account=account)
    journey.settle()
    assert Transfer.objects.get().status == "sent"
    assert {call["status"] for call in transfers(journey)} == {400, 200}
    journey.check_books()


def test_a_lost_answer_transfers_once(journey):
    journey.onboard()
    journey.confirm()
    journey.ride()
    journey.stripe.order("faults", name="lose_answer", path="/v1/transfers")
    journey.complete()
    journey.later()
    first, second = transfers(journey)
    assert first["idempotency_key"] == second["idempotency_key"]
    assert len(journey.stripe.process.v1.transfers.list().data) == 1
    assert balance("owner_payable", owner=journey.owner) == 0
    journey.check_books()
