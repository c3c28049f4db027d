"""A bike is reported stolen: through the real jobs everybody gets their money back, at whatever point it was."""

from payments.ledger.balances import balances


def report(journey) -> None:
    listing = journey.booking.listing
    answer = journey.api(journey.owner).post(f"/api/my/listings/{listing.uuid}/stolen", {})
    assert answer.status_code == 200


def test_what_was_paid_comes_back_whole(journey):
    journey.confirm()
    report(journey)
    journey.settle()
    assert (journey.booking.state, journey.payment.status) == ("cancelled", "captured")
    assert [refund.amount for refund in journey.stripe.process.v1.refunds.list().data] == [journey.payment.amount]
    assert balances().get("held", 0) == 0
    journey.check_books()


def test_what_was_set_aside_for_a_request_is_let_go(journey):
    journey.request()
    report(journey)
    journey.settle()
    assert (journey.booking.state, journey.payment.status) == ("declined", "void")
    journey.check_books()


def test_the_payment_page_of_an_unpaid_hold_closes(journey):
    journey.book()
    url = journey.checkout()
    report(journey)
    journey.settle()
    assert journey.booking.state == "expired"
    assert journey.stripe.pay(url)[0] == 410
    journey.check_books()


def test_money_on_its_way_when_the_bike_is_reported_is_let_go(journey):
    journey.book()
    journey.pay()
    report(journey)
    journey.settle()
    assert (journey.booking.state, journey.payment.status) == ("expired", "void")
    journey.check_books()
