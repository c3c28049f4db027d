"""THE TABLE: every step a booking can take. Plain data; machine, deadlines, API, admin and diagram derive from it.

A row is found by (state, action, who). Where several fit, their guards decide, in the order given here. Staff may do
every owner's and renter's row, with a reason; a row that names staff itself is theirs before any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# --- states ----------------------------------------------------------------------------------------------------
PENDING_PAYMENT = "pending_payment"
REQUESTED = "requested"
CONFIRMED = "confirmed"
ACTIVE = "active"
RETURNED = "returned"
CLAIMED = "claimed"
COMPLETED = "completed"
CANCELLED = "cancelled"
DECLINED = "declined"
EXPIRED = "expired"

# Before the first row there is no booking.
NOTHING = ""
STATES = (
    PENDING_PAYMENT,
    REQUESTED,
    CONFIRMED,
    ACTIVE,
    RETURNED,
    CLAIMED,
    COMPLETED,
    CANCELLED,
    DECLINED,
    EXPIRED,
)
# Nothing but money that came too late leaves these.
FINAL = (COMPLETED, CANCELLED, DECLINED, EXPIRED)
OPEN = tuple(state for state in STATES if state not in FINAL)

# --- who -------------------------------------------------------------------------------------------------------
RENTER = "renter"
OWNER = "owner"
STAFF = "staff"
EITHER = (RENTER, OWNER)
CLOCK = "clock"
PAYMENTS = "payments"
KINDS_OF_ACTOR = (RENTER, OWNER, STAFF, CLOCK, PAYMENTS)
# In the column "told" only: the side that did not act, and the one that did.
OTHER = "other"
ACTOR = "actor"

# --- what money does -------------------------------------------------------------------------------------------
NO_MONEY = ""
VOID = "void"
CAPTURE = "capture"
REFUND_POLICY = "refund_policy"
REFUND_ALL = "refund_all"
FREEZE = "freeze"
LATE_FEE = "late_fee"
RELEASE = "release"
SETTLE = "settle"
SETTLE_DEFAULT = "settle_default"
MONEY = (NO_MONEY, VOID, CAPTURE, REFUND_POLICY, REFUND_ALL, FREEZE, LATE_FEE, RELEASE, SETTLE, SETTLE_DEFAULT)
# Operations that share held money out; their amounts are frozen with the transition.
SHARING = (REFUND_POLICY, REFUND_ALL, RELEASE, SETTLE, SETTLE_DEFAULT)

# --- what is claimed -------------------------------------------------------------------------------------------
NO_SHOW = "no_show"
NOT_AS_DESCRIBED = "not_as_described"
DAMAGE = "damage"
LOST = "lost"


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """In which states, and by which side, something may be claimed."""

    states: tuple[str, ...]
    who: tuple[str, ...]


CLAIMS = {
    NO_SHOW: ClaimRule((CONFIRMED,), EITHER),
    NOT_AS_DESCRIBED: ClaimRule((ACTIVE, RETURNED), (RENTER,)),
    DAMAGE: ClaimRule((ACTIVE, RETURNED), (OWNER,)),
    LOST: ClaimRule((ACTIVE,), (OWNER,)),
}

CLAIM_KINDS = tuple(CLAIMS)


@dataclass(frozen=True, slots=True)
class Row:
    """`told` pairs a side with a kind of notice; `guards` are names in `guards.py`; `deadline` says which time ends or
    triggers the step: a column of the booking, as `deadlines.py` computes it.
    """

    action: str
    origin: str
    target: str
    who: tuple[str, ...]
    money: str = NO_MONEY
    told: tuple[tuple[str, str], ...] = ()
    guards: tuple[str, ...] = ()
    deadline: str = ""


TABLE: tuple[Row, ...] = (
    Row("hold", NOTHING, PENDING_PAYMENT, (RENTER,), deadline="pay_by"),
    Row("abandon", PENDING_PAYMENT, CANCELLED, (RENTER,), VOID),
    Row(
        "lapse",
        PENDING_PAYMENT,
        EXPIRED,
        (CLOCK,),
        VOID,
        told=((RENTER, "payment_lapsed"),),
        guards=("due",),
        deadline="pay_by",
    ),
    # --- asking and paying; money that came after the lapse counts while the dates are free and ahead ---
    *(
        Row(
            "authorised",
            origin,
            REQUESTED,
            (PAYMENTS,),
            told=((OWNER, "request_received"), (RENTER, "request_sent")),
            guards=("by_request", "start_ahead", "not_stolen", "dates_free"),
            deadline="answer_by",
        )
        for origin in (PENDING_PAYMENT, EXPIRED)
    ),
    *(
        Row(
            "paid",
            origin,
            CONFIRMED,
            (PAYMENTS,),
            CAPTURE,
            told=((OWNER, "booking_confirmed"), (RENTER, "booking_confirmed")),
            guards=("instant", "start_ahead", "not_stolen", "dates_free"),
        )
        for origin in (PENDING_PAYMENT, EXPIRED)
    ),
    Row(
        "accept",
        REQUESTED,
        CONFIRMED,
        (OWNER,),
        CAPTURE,
        told=((RENTER, "request_accepted"),),
        guards=("in_time",),
        deadline="answer_by",
    ),
    Row("decline", REQUESTED, DECLINED, (OWNER,), VOID, told=((RENTER, "request_declined"),)),
    Row(
        "lapse",
        REQUESTED,
        EXPIRED,
        (CLOCK,),
        VOID,
        told=((RENTER, "request_lapsed"), (OWNER, "request_lapsed_owner")),
        guards=("due",),
        deadline="answer_by",
    ),
    Row("withdraw", REQUESTED, CANCELLED, (RENTER,), VOID, told=((OWNER, "request_withdrawn"),)),
    # --- booked ---
    Row(
        "cancel",
        CONFIRMED,
        CANCELLED,
        (RENTER,),
        REFUND_POLICY,
        told=((OWNER, "cancelled_by_renter"), (RENTER, "cancellation_confirmed")),
    ),
    Row("cancel", CONFIRMED, CANCELLED, (OWNER,), REFUND_ALL, told=((RENTER, "cancelled_by_owner"),)),
    Row(
        "cancel",
        CONFIRMED,
        CANCELLED,
        (STAFF,),
        REFUND_ALL,
        told=((RENTER, "cancelled_by_staff"), (OWNER, "cancelled_by_platform")),
    ),
    Row(
        "capture_failed",
        CONFIRMED,
        CANCELLED,
        (PAYMENTS,),
        VOID,
        told=((RENTER, "payment_failed"), (OWNER, "payment_failed_owner")),
        guards=("not_captured",),
    ),
    Row(
        "dispute_opened",
        CONFIRMED,
        CANCELLED,
        (PAYMENTS,),
        FREEZE,
        told=((RENTER, "cancelled_by_platform"), (OWNER, "cancelled_by_platform")),
        guards=("start_ahead",),
    ),
    Row(
        "hand_over",
        CONFIRMED,
        ACTIVE,
        (OWNER,),
        told=((RENTER, "handed_over"), (OWNER, "handed_over_owner")),
        guards=("captured", "deposit_held", "code"),
    ),
    Row(
        "assume_start",
        CONFIRMED,
        ACTIVE,
        (CLOCK,),
        told=((RENTER, "start_assumed"), (OWNER, "start_assumed")),
        guards=("due", "captured", "deposit_held"),
        deadline="start_by",
    ),
    Row(
        "not_ready",
        CONFIRMED,
        CANCELLED,
        (CLOCK,),
        VOID,
        told=((RENTER, "payment_failed"), (OWNER, "payment_failed_owner")),
        guards=("due", "not_captured"),
        deadline="start_by",
    ),
    Row(
        "not_ready",
        CONFIRMED,
        CANCELLED,
        (CLOCK,),
        REFUND_POLICY,
        told=((RENTER, "cancelled_by_platform"), (OWNER, "cancelled_by_platform")),
        guards=("due", "deposit_missing"),
        deadline="start_by",
    ),
    # --- riding and returning ---
    Row("say_returned", ACTIVE, ACTIVE, EITHER, told=((OTHER, "return_to_confirm"),), deadline="return_by"),
    Row(
        "give_back",
        ACTIVE,
        RETURNED,
        (RENTER,),
        LATE_FEE,
        told=((OWNER, "returned"), (RENTER, "returned")),
        guards=("late", "code"),
        deadline="claims_until",
    ),
    Row(
        "give_back",
        ACTIVE,
        RETURNED,
        (RENTER,),
        told=((OWNER, "returned"), (RENTER, "returned")),
        guards=("code",),
        deadline="claims_until",
    ),
    Row(
        "give_back",
        CLAIMED,
        CLAIMED,
        (RENTER,),
        told=((OWNER, "returned"),),
        guards=("not_back", "code"),
    ),
    Row(
        "assume_return",
        ACTIVE,
        RETURNED,
        (CLOCK,),
        told=((RENTER, "return_assumed"), (OWNER, "return_assumed")),
        guards=("due",),
        deadline="return_by",
    ),
    # --- claims ---
    *(
        Row(
            "claim",
            origin,
            CLAIMED,
            EITHER,
            FREEZE,
            told=((OTHER, "claim_opened"), (ACTOR, "claim_received")),
            guards=("claimable",),
            deadline="claims_until" if origin == RETURNED else "",
        )
        for origin in (CONFIRMED, ACTIVE, RETURNED)
    ),
    Row(
        "contest",
        CLAIMED,
        CLAIMED,
        EITHER,
        told=((OTHER, "claim_contested"),),
        guards=("other_side", "unanswered"),
        deadline="settle_by",
    ),
    Row(
        "settle",
        CLAIMED,
        COMPLETED,
        EITHER,
        SETTLE,
        told=((RENTER, "claim_settled"), (OWNER, "claim_settled")),
        guards=("other_side",),
    ),
    Row(
        "settle_silent",
        CLAIMED,
        COMPLETED,
        (CLOCK,),
        SETTLE,
        told=((RENTER, "claim_settled"), (OWNER, "claim_settled")),
        guards=("due", "unanswered"),
        deadline="settle_by",
    ),
    Row(
        "settle_default",
        CLAIMED,
        COMPLETED,
        (CLOCK,),
        SETTLE_DEFAULT,
        told=((RENTER, "claim_settled"), (OWNER, "claim_settled")),
        guards=("due", "answered"),
        deadline="settle_by",
    ),
    Row(
        "complete",
        RETURNED,
        COMPLETED,
        (CLOCK,),
        RELEASE,
        told=((RENTER, "completed_renter"), (OWNER, "completed_owner")),
        guards=("due",),
        deadline="claims_until",
    ),
)

ACTIONS = tuple(dict.fromkeys(row.action for row in TABLE))


def rows_for(state: str, action: str, who: str) -> tuple[Row, ...]:
    """The rows that fit, in order. Staff have their own, or else those of owner and renter."""
    fitting = tuple(row for row in TABLE if row.origin == state and row.action == action)
    own = tuple(row for row in fitting if who in row.who)
    if own or who != STAFF:
        return own
    return tuple(row for row in fitting if set(row.who) & set(EITHER))


def actions_of(state: str, who: str) -> Iterator[str]:
    """Every action that the table offers `who` in `state`, guards aside; a new booking's hold is none of them."""
    for action in ACTIONS:
        if state and rows_for(state, action, who):
            yield action
