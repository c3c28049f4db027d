"""The stand-in's objects have the fields the library's classes declare: none missing, none invented."""

import inspect

import stripe
from stripe.checkout import Session
from stripe.v2.core import Account, AccountLink


def declared(cls):
    """Field -> whether it may be absent."""
    hints = inspect.get_annotations(cls)
    return {
        name: "Optional" in str(hint) or "NoneType" in str(hint)
        for name, hint in hints.items()
        if "ClassVar" not in str(hint) and not name.startswith("_") and name != "deleted"
    }


def nested(cls, shown, path):
    """Every object of a class with the path to it, as far as the library declares inner classes."""
    yield cls, shown, path
    for name, inner in getattr(cls, "_inner_class_types", {}).items():
        value = shown.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from nested(inner, one, f"{path}.{name}")


def shapes(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    everything = ["configuration.recipient", "defaults", "identity", "requirements"]
    refund = stand_in.v1.refunds.create({"payment_intent": intent.id, "amount": 100})
    transfer = stand_in.v1.transfers.create(
        {"amount": 100, "currency": "eur", "destination": account.id, "source_transaction": intent.latest_charge}
    )
    reversal = stand_in.v1.transfers.reversals.create(transfer.id)
    session = stand_in.v1.checkout.sessions.list().data[0]
    dispute = stand_in.control("open_dispute", payment_intent=intent.id)
    yield stripe.Customer, stand_in.v1.customers.retrieve(intent.customer)
    yield stripe.PaymentMethod, stand_in.v1.payment_methods.retrieve(intent.payment_method)
    yield stripe.PaymentIntent, intent
    yield stripe.PaymentIntent, stand_in.held()
    yield stripe.Charge, stand_in.v1.charges.retrieve(intent.latest_charge)
    yield stripe.BalanceTransaction, stand_in.v1.balance_transactions.list().data[0]
    yield stripe.Balance, stand_in.v1.balance.retrieve()
    yield stripe.Refund, refund
    yield stripe.Transfer, transfer
    yield type(reversal), reversal
    yield stripe.Dispute, stand_in.v1.disputes.retrieve(dispute["id"])
    yield stripe.Event, stand_in.v1.events.list().data[0]
    yield Session, session
    yield Session, stand_in.session()
    yield stripe.LineItem, stand_in.v1.checkout.sessions.line_items.list(session.id).data[0]
    yield Account, stand_in.v2.core.accounts.retrieve(account.id, {"include": everything})
    yield Account, stand_in.account(onboarded=False)
    cash = {"amount": 5000, "currency": "eur", "payment_method": "pm_card_bypassPending", "confirm": True}
    stand_in.v1.payment_intents.create(cash)
    stand_in.v1.payment_intents.create(cash)
    yield stripe.Payout, stand_in.v1.payouts.create({"amount": 1, "currency": "eur"})
    yield AccountLink, stand_in.link(account.id)


def test_every_object_has_the_declared_shape(stand_in):
    wrong = {}
    for cls, obj in shapes(stand_in):
        for inner, shown, path in nested(cls, obj.to_dict(), cls.__name__):
            fields = declared(inner)
            missing = [name for name, may_be_absent in fields.items() if not may_be_absent and name not in shown]
            invented = [name for name in shown if name not in fields]
            if missing or invented:
                wrong[path] = (missing, invented)
    assert wrong == {}
