"""Connected accounts (v2) and the onboarding page."""

from datetime import UTC, datetime

import pytest
import stripe

PERSON = {
    "given_name": "Alice",
    "surname": "Owner",
    "born": "1988-05-14",
    "address": "14 quai Victor-Hugo",
    "postal_code": "11100",
    "city": "Narbonne",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "terms": "yes",
}
INCLUDE = {"include": ["configuration.recipient", "requirements", "identity"]}


def transfers_of(account):
    return account.configuration.recipient.capabilities.stripe_balance.stripe_transfers


def test_a_new_account_may_not_receive_yet(stand_in):
    account = stand_in.account(onboarded=False)
    assert account.object == "v2.core.account"
    assert account.applied_configurations == ["recipient"]
    assert transfers_of(account).status == "restricted"
    assert transfers_of(account).status_details[0].resolution == "provide_info"
    assert {entry.awaiting_action_from for entry in account.requirements.entries} == {"user"}
    assert account.created.endswith("Z")


def test_parts_come_only_when_asked_for(stand_in):
    account = stand_in.account()
    plain = stand_in.v2.core.accounts.retrieve(account.id)
    assert (plain.configuration, plain.requirements, plain.identity, plain.defaults) == (None, None, None, None)
    assert (plain.display_name, plain.metadata.to_dict()) == ("Alice Owner", {"person": "1"})
    some = stand_in.v2.core.accounts.retrieve(account.id, {"include": ["identity"]})
    assert (some.identity.country, some.configuration) == ("fr", None)


def test_a_recipient_needs_a_country(stand_in):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v2.core.accounts.create({"configuration": {"recipient": {}}})
    assert caught.value.param == "identity.country"


def test_an_account_is_changed_and_found(stand_in):
    account = stand_in.account()
    stand_in.v2.core.accounts.update(account.id, {"display_name": "Alice", "metadata": {"b": "2"}})
    found = stand_in.v2.core.accounts.list({"limit": 10})
    assert [(one.id, one.display_name) for one in found.data] == [(account.id, "Alice")]
    assert found.data[0].metadata.to_dict() == {"person": "1", "b": "2"}


def test_an_unknown_account_is_404(stand_in):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v2.core.accounts.retrieve("acct_none")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_a_link_needs_the_options_of_its_use(stand_in):
    account = stand_in.account(onboarded=False)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v2.core.account_links.create({"account": account.id, "use_case": {"type": "account_onboarding"}})
    assert caught.value.param == "use_case.account_onboarding"


def test_the_onboarding_page_makes_the_capability_active(stand_in):
    account = stand_in.account(onboarded=False)
    link = stand_in.link(account.id)
    assert link.url.startswith(f"{stand_in.base}/onboard/")
    assert (datetime.fromisoformat(link.expires_at) - datetime.now(UTC)).total_seconds() <= 300
    status, _, page = stand_in.get(link.url, **{"Accept-Language": "en"})
    assert status == 200
    assert "Receive your earnings" in page
    assert 'value="Alice"' in page
    status, headers, _ = stand_in.fill_in(link.url, **PERSON)
    assert (status, headers["location"]) == (303, "http://localhost:8000/return")
    done = stand_in.v2.core.accounts.retrieve(account.id, INCLUDE)
    assert transfers_of(done).status == "active"
    assert transfers_of(done).status_details == []
    assert done.requirements.entries == []
    assert done.identity.individual.surname == "Owner"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_name", ""),
        ("surname", " "),
        ("born", "yesterday"),
        ("born", "2020-01-01"),
        ("address", ""),
        ("city", ""),
        ("iban", "FR76 3000 6000 0112 3456 7890 188"),
        ("iban", "x"),
        ("terms", ""),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_changes_nothing(stand_in, field, value):
    account = stand_in.account(onboarded=False)
    link = stand_in.link(account.id)
    status, _, page = stand_in.fill_in(link.url, **{**PERSON, field: value})
    assert status == 422
    assert f'id="{field}-wrong"' in page
    assert transfers_of(stand_in.v2.core.accounts.retrieve(account.id, INCLUDE)).status == "restricted"


def test_a_link_works_once_and_for_five_minutes(stand_in):
    account = stand_in.account(onboarded=False)
    used, late = stand_in.link(account.id), stand_in.link(account.id)
    stand_in.fill_in(used.url, **PERSON)
    assert stand_in.get(used.url)[0] == 410
    stand_in.control("clock", advance=301)
    status, _, page = stand_in.get(late.url)
    assert status == 410
    assert "http://localhost:8000/refresh" in page


def test_an_account_is_updated_through_the_same_page(stand_in):
    account = stand_in.account()
    link = stand_in.link(account.id, "account_update")
    status, headers, _ = stand_in.fill_in(link.url, **{**PERSON, "city": "Sète"})
    assert (status, headers["location"]) == (303, "http://localhost:8000/return")
    assert stand_in.v2.core.accounts.retrieve(account.id, INCLUDE).identity.individual.address.city == "Sète"


def test_stripe_can_take_the_capability_away(stand_in):
    account = stand_in.account()
    stand_in.control("restrict", account=account.id)
    assert transfers_of(stand_in.v2.core.accounts.retrieve(account.id, INCLUDE)).status == "restricted"
