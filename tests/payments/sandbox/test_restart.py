"""Nothing is lost when the process goes and comes back."""

import threading

import stripe

from tests.payments.sandbox.stand_in import StandIn, running, start, wait_until


def test_state_survives_and_undelivered_events_are_delivered(tmp_path, inbox):
    inbox.received.clear()
    inbox.status = 503
    state = tmp_path / "state.sqlite3"
    with running(state, inbox.url) as base:
        first = StandIn(base, inbox)
        first.control("clock", offset=3600)
        customer = first.v1.customers.create({"email": "bob@example.org"}, {"idempotency_key": "k"})
        wait_until(lambda: inbox.received)
    inbox.received.clear()
    inbox.status = 200
    with running(state, inbox.url) as base:
        second = StandIn(base, inbox)
        again = second.v1.customers.create({"email": "bob@example.org"}, {"idempotency_key": "k"})
        assert again.id == customer.id
        assert second.ask("clock")["offset"] == 3600
        second.drain()
    assert inbox.types() == ["customer.created"]


def test_a_killed_process_has_done_each_piece_of_work_once_or_not_at_all(tmp_path, inbox):
    inbox.received.clear()
    inbox.status = 200
    state = tmp_path / "state.sqlite3"
    keys = [f"key-{number}" for number in range(40)]

    def create(stand_in, key):
        stand_in.v1.customers.create({"email": f"{key}@example.org"}, {"idempotency_key": key})

    process, base = start(state, inbox.url)
    first = StandIn(base, inbox)
    create(first, keys[0])
    killer = threading.Timer(0.05, process.kill)
    killer.start()
    answered = 0
    try:
        for key in keys:
            create(first, key)
            answered += 1
    except stripe.APIConnectionError:
        assert answered < len(keys)
    killer.join()
    process.wait()
    process.stdout.close()
    with running(state, inbox.url) as base:
        second = StandIn(base, inbox)
        for key in keys:
            create(second, key)
        found = list(second.v1.customers.list({"limit": 100}).auto_paging_iter())
        assert sorted(one.email for one in found) == sorted(f"{key}@example.org" for key in keys)
        second.drain()
    # An event whose delivery was not noted in time comes twice, none stays away.
    assert {body["data"]["object"]["email"] for body in inbox.bodies()} == {one.email for one in found}


def test_many_at_once_get_whole_answers(stand_in):
    intent = stand_in.taken()
    outcomes = []

    def give_back() -> None:
        client = StandIn(stand_in.base, stand_in.inbox).v1
        for _ in range(10):
            try:
                outcomes.append(client.refunds.create({"payment_intent": intent.id, "amount": 100}).amount)
            except stripe.InvalidRequestError:
                outcomes.append(0)

    threads = [threading.Thread(target=give_back) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcomes) == 3100
    assert stand_in.v1.charges.retrieve(intent.latest_charge).amount_refunded == 3100
