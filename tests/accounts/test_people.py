from uuid import uuid4

import pytest


@pytest.mark.parametrize("reader", ["alice", "bob", None])
def test_anybody_may_know_this_of_alice_and_no_more(api, alice, bob, reader):
    alice.languages = ["fr", "en"]
    alice.save()
    person = {"alice": alice, "bob": bob, None: None}[reader]
    assert api(person).get(f"/api/people/{alice.uuid}").json() == {
        "id": str(alice.uuid),
        "name": "Alice",
        "photo": None,
        "languages": ["fr", "en"],
        "member_since": alice.date_joined.date().isoformat(),
    }


def test_a_closed_account_is_gone(api, alice):
    alice.is_active = False
    alice.save()
    answer = api(None).get(f"/api/people/{alice.uuid}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("id", [uuid4(), "1", "me", "'"])
def test_an_unknown_person_is_not_found(api, db, id):
    answer = api(None).get(f"/api/people/{id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_profile_cannot_be_changed_from_outside(api, alice, bob):
    answer = api(bob).patch(f"/api/people/{alice.uuid}", {"name": "Bob"})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
