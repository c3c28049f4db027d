"""Events read afterwards."""

import pytest
import stripe


def test_events_are_listed_by_type_and_time(stand_in):
    stand_in.taken()
    listed = stand_in.v1.events.list
    assert [one.type for one in listed({"type": "payment_intent.succeeded"}).data] == ["payment_intent.succeeded"]
    assert [one.type for one in listed({"type": "charge.*"}).data] == ["charge.captured", "charge.succeeded"]
    types = ["customer.created", "charge.captured"]
    assert [one.type for one in listed({"types": types}).data] == types[::-1]
    now = stand_in.ask("clock")["now"]
    assert listed({"created": {"gt": now + 10}}).data == []
    assert len(listed({"created": {"gte": now - 60}, "limit": 100}).data) == 8


def test_all_events_follow_page_by_page(stand_in):
    for _ in range(7):
        stand_in.customer()
    events = list(stand_in.v1.events.list({"limit": 3, "types": ["customer.created"]}).auto_paging_iter())
    assert len({event.id for event in events}) == 7


def test_one_event(stand_in):
    stand_in.customer()
    event = stand_in.v1.events.list().data[0]
    assert stand_in.v1.events.retrieve(event.id).data.object.email == "bob@example.org"


def test_thin_events_are_listed_by_object(stand_in):
    alice, carol = stand_in.account(), stand_in.account(onboarded=False)
    types = [event.type for event in stand_in.v2.core.events.list({"object_id": carol.id}).data]
    assert types == [
        "v2.core.account[requirements].updated",
        "v2.core.account[configuration.recipient].capability_status_updated",
        "v2.core.account.created",
    ]
    many = stand_in.v2.core.events.list({"limit": 2})
    assert len(list(many.auto_paging_iter())) == len(types) * 2 + 2
    one = stand_in.v2.core.events.retrieve(many.data[0].id)
    assert one.related_object.id in (alice.id, carol.id)


def test_a_failed_call_leaves_no_event(stand_in):
    intent = stand_in.taken()
    before = len(stand_in.v1.events.list({"limit": 100}).data)
    with pytest.raises(stripe.InvalidRequestError):
        stand_in.v1.refunds.create({"payment_intent": intent.id, "amount": 99999})
    assert len(stand_in.v1.events.list({"limit": 100}).data) == before
