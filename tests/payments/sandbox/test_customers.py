"""Customers and their saved cards."""

import pytest
import stripe


def test_a_customer_is_made_read_changed_and_found(stand_in):
    customer = stand_in.customer(preferred_locales=["fr"], metadata={"person": "1"})
    assert (customer.object, customer.email, customer.livemode) == ("customer", "bob@example.org", False)
    changed = stand_in.v1.customers.update(customer.id, {"name": "Robert", "metadata": {"person": "", "b": "2"}})
    assert changed.name == "Robert"
    assert changed.metadata.to_dict() == {"b": "2"}
    assert stand_in.v1.customers.retrieve(customer.id).name == "Robert"
    stand_in.customer(email="carol@example.org")
    found = stand_in.v1.customers.list({"email": "bob@example.org"})
    assert [one.id for one in found.data] == [customer.id]


def test_an_empty_value_unsets_what_can_be_unset(stand_in):
    customer = stand_in.customer(metadata={"a": "1"})
    cleared = stand_in.v1.customers.update(customer.id, {"metadata": ""})
    assert cleared.metadata.to_dict() == {}


def test_pages_follow_each_other(stand_in):
    made = [stand_in.customer().id for _ in range(5)]
    page = stand_in.v1.customers.list({"limit": 2})
    assert ([one.id for one in page.data], page.has_more) == ([made[4], made[3]], True)
    everyone = stand_in.v1.customers.list({"limit": 2}).auto_paging_iter()
    assert [one.id for one in everyone] == made[::-1]
    before = stand_in.v1.customers.list({"ending_before": made[1], "limit": 2})
    assert ([one.id for one in before.data], before.has_more) == ([made[3], made[2]], True)


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_between_one_and_a_hundred(stand_in, limit):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v1.customers.list({"limit": limit})
    assert caught.value.param == "limit"


def test_a_paid_page_saves_the_card(stand_in):
    intent = stand_in.held()
    cards = stand_in.v1.customers.payment_methods.list(intent.customer)
    assert [card.id for card in cards.data] == [intent.payment_method]
    assert (cards.data[0].card.brand, cards.data[0].card.last4) == ("visa", "4242")
    assert stand_in.v1.payment_methods.list({"customer": intent.customer}).data[0].id == intent.payment_method


def test_the_number_of_a_card_never_leaves(stand_in):
    intent = stand_in.held()
    method = stand_in.v1.payment_methods.retrieve(intent.payment_method)
    charge = stand_in.v1.charges.retrieve(intent.latest_charge)
    assert "4242424242424242" not in f"{method.last_response.body}{charge.last_response.body}"


def test_a_detached_card_is_nobodys(stand_in):
    intent = stand_in.held()
    assert stand_in.v1.payment_methods.detach(intent.payment_method).customer is None
    assert stand_in.v1.customers.payment_methods.list(intent.customer).data == []


def test_a_card_of_another_customer_is_refused(stand_in):
    intent = stand_in.held()
    carol = stand_in.customer(email="carol@example.org")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v1.payment_intents.create(
            {"amount": 500, "currency": "eur", "customer": carol.id, "payment_method": intent.payment_method}
        )
    assert caught.value.param == "payment_method"


def test_a_deleted_customer_is_gone(stand_in):
    customer = stand_in.customer()
    assert stand_in.v1.customers.delete(customer.id).deleted is True
    with pytest.raises(stripe.InvalidRequestError):
        stand_in.v1.customers.retrieve(customer.id)
