"""Stripe's test cards and what each of them does. Source: https://docs.stripe.com/testing"""

from dataclasses import dataclass

from payments.sandbox.errors import Refusal

MESSAGES = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "lost_card": "Your card has been declined.",
    "stolen_card": "Your card has been declined.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "authentication_required": "Your card was declined. This transaction requires authentication.",
    "test_mode_live_card": (
        "Your card was declined. Your request was in test mode, but used a non test (live) card. "
        "For a list of valid test cards, visit: https://stripe.com/docs/testing."
    ),
    "payment_intent_authentication_failure": (
        "We are unable to authenticate your payment method. Please choose a different payment method and try again."
    ),
}


@dataclass(frozen=True, slots=True)
class TestCard:
    """What one number does.

    `decline` is (error code, decline code); `three_d_secure` is "", "unless_set_up" or "always".
    """

    number: str
    brand: str = "visa"
    decline: tuple[str, str] | None = None
    three_d_secure: str = ""
    dispute: str = ""
    refund: str = ""
    available_at_once: bool = False
    country: str = "US"


_GENERIC = ("card_declined", "generic_decline")
_ALL = (
    TestCard("4242424242424242"),
    TestCard("4000002500000003", country="FR"),
    TestCard("4000002500001001", country="FR"),
    TestCard("5555555555554444", brand="mastercard"),
    TestCard("378282246310005", brand="amex"),
    TestCard("4000000000000077", available_at_once=True),
    TestCard("4000000000000002", decline=_GENERIC),
    TestCard("4000000000000341", decline=_GENERIC),
    TestCard("4000000000009995", decline=("card_declined", "insufficient_funds")),
    TestCard("4000000000009987", decline=("card_declined", "lost_card")),
    TestCard("4000000000009979", decline=("card_declined", "stolen_card")),
    TestCard("4000000000000069", decline=("expired_card", "expired_card")),
    TestCard("4000000000000127", decline=("incorrect_cvc", "incorrect_cvc")),
    TestCard("4000000000000119", decline=("processing_error", "processing_error")),
    TestCard("4000002500003155", three_d_secure="unless_set_up"),
    TestCard("4000002760003184", three_d_secure="always"),
    TestCard("4000000000000259", dispute="fraudulent"),
    TestCard("4000000000002685", dispute="product_not_received"),
    TestCard("4000000000005126", refund="fails"),
    TestCard("4000000000007726", refund="pending"),
)
CARDS = {card.number: card for card in _ALL}

# Ready-made payment methods, as at Stripe: each use makes a new one.
TOKENS = {
    "pm_card_visa": "4242424242424242",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_fr": "4000002500000003",
    "pm_card_bypassPending": "4000000000000077",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeCustomerFail": "4000000000000341",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_refundFail": "4000000000005126",
    "pm_card_pendingRefund": "4000000000007726",
}


def known(number: str) -> TestCard:
    """The test card with this number; any other number is a real card, which test mode declines."""
    return CARDS.get(number, TestCard(number, decline=("card_declined", "test_mode_live_card")))


def passes_luhn(number: str) -> bool:
    """Whether the check digit is right, which catches a mistyped number."""
    if not number.isascii() or not number.isdigit() or not 12 <= len(number) <= 19:
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def message_for(code: str, decline_code: str) -> str:
    """Stripe's sentence for a decline."""
    return MESSAGES.get(decline_code) or MESSAGES.get(code) or MESSAGES["card_declined"]


def check_number(number: str) -> None:
    """Raise incorrect_number when the check digit is wrong."""
    if not passes_luhn(number):
        raise Refusal(
            "Your card number is incorrect.",
            code="incorrect_number",
            param="number",
            status=402,
            type="card_error",
        )
