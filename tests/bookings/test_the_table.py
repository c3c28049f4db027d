"""The whole product of state, action and actor against the matrix as it was agreed, written out by hand."""

from itertools import product

import pytest

from bookings import states
from bookings.guards import GUARDS

# (state, action, who) -> (next state, what money does); "" before the hold. Two entries: a guard decides.
EXPECTED: dict[tuple[str, str, str], list[tuple[str, str]]] = {
    ("", "hold", "renter"): [("pending_payment", "")],
    ("pending_payment", "abandon", "renter"): [("cancelled", "void")],
    ("pending_payment", "lapse", "clock"): [("expired", "void")],
    ("pending_payment", "authorised", "payments"): [("requested", "")],
    ("expired", "authorised", "payments"): [("requested", "")],
    ("pending_payment", "paid", "payments"): [("confirmed", "capture")],
    ("expired", "paid", "payments"): [("confirmed", "capture")],
    ("requested", "accept", "owner"): [("confirmed", "capture")],
    ("requested", "decline", "owner"): [("declined", "void")],
    ("requested", "lapse", "clock"): [("expired", "void")],
    ("requested", "withdraw", "renter"): [("cancelled", "void")],
    ("confirmed", "cancel", "renter"): [("cancelled", "refund_policy")],
    ("confirmed", "cancel", "owner"): [("cancelled", "refund_all")],
    ("confirmed", "cancel", "staff"): [("cancelled", "refund_all")],
    ("confirmed", "capture_failed", "payments"): [("cancelled", "void")],
    ("confirmed", "dispute_opened", "payments"): [("cancelled", "freeze")],
    ("confirmed", "hand_over", "owner"): [("active", "")],
    ("confirmed", "assume_start", "clock"): [("active", "")],
    ("confirmed", "not_ready", "clock"): [("cancelled", "void"), ("cancelled", "refund_policy")],
    ("active", "say_returned", "renter"): [("active", "")],
    ("active", "say_returned", "owner"): [("active", "")],
    ("active", "give_back", "renter"): [("returned", "late_fee"), ("returned", "")],
    ("claimed", "give_back", "renter"): [("claimed", "")],
    ("active", "assume_return", "clock"): [("returned", "")],
    ("confirmed", "claim", "renter"): [("claimed", "freeze")],
    ("confirmed", "claim", "owner"): [("claimed", "freeze")],
    ("active", "claim", "renter"): [("claimed", "freeze")],
    ("active", "claim", "owner"): [("claimed", "freeze")],
    ("returned", "claim", "renter"): [("claimed", "freeze")],
    ("returned", "claim", "owner"): [("claimed", "freeze")],
    ("claimed", "contest", "renter"): [("claimed", "")],
    ("claimed", "contest", "owner"): [("claimed", "")],
    ("claimed", "settle", "renter"): [("completed", "settle")],
    ("claimed", "settle", "owner"): [("completed", "settle")],
    ("claimed", "settle_silent", "clock"): [("completed", "settle")],
    ("claimed", "settle_default", "clock"): [("completed", "settle_default")],
    ("returned", "complete", "clock"): [("completed", "release")],
}
ACTIONS = sorted({action for _state, action, _who in EXPECTED})
STATES = ["", *sorted({state for state, _action, _who in EXPECTED if state} | {"cancelled", "completed", "declined"})]


def expected(state: str, action: str, who: str) -> list[tuple[str, str]]:
    """The matrix, and what it says of staff: every owner's and renter's row that is not written for them."""
    if who != "staff" or (state, action, who) in EXPECTED:
        return EXPECTED.get((state, action, who), [])
    return EXPECTED.get((state, action, "owner"), []) or EXPECTED.get((state, action, "renter"), [])


@pytest.mark.parametrize("state", STATES)
def test_each_action_and_actor_leads_where_it_should(state: str) -> None:
    for action, who in product(ACTIONS, states.KINDS_OF_ACTOR):
        rows = states.rows_for(state, action, who)
        assert [(row.target, row.money) for row in rows] == expected(state, action, who), (action, who)


def test_the_matrix_knows_every_state_and_action() -> None:
    assert sorted(states.STATES) == STATES[1:]
    assert sorted(states.ACTIONS) == ACTIONS


def test_every_guard_exists() -> None:
    assert {guard for row in states.TABLE for guard in row.guards} == set(GUARDS)


def test_the_clock_leads_every_open_state_to_an_end() -> None:
    """However silent both sides are: each open state has a clock row with a deadline, and no clock row leads back."""
    reached = {state: states.STATES.index(state) for state in states.STATES}
    for state in states.OPEN:
        rows = [row for row in states.TABLE if row.origin == state and states.CLOCK in row.who]
        assert rows
        for row in rows:
            assert row.deadline
            assert "due" in row.guards
            assert row.target in states.FINAL or reached[row.target] > reached[state]
