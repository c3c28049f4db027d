import pytest

from bikeens.accounts.models import User


def test_nobody_has_no_profile_of_their_own(api, db):
    for answer in (api(None).get("/api/me"), api(None).patch("/api/me", {"name": "Nobody"})):
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "not_signed_in"


def test_bob_sees_himself(api, bob):
    assert api(bob).get("/api/me").json() == {
        "id": str(bob.uuid),
        "name": "Bob",
        "photo": None,
        "languages": [],
        "member_since": bob.date_joined.date().isoformat(),
        "email": "bob@example.com",
        "language": "en",
        "time_zone": "Europe/Paris",
        "is_staff": False,
    }


def test_a_profile_changes_field_by_field(api, bob):
    changes = {"name": " Bob  D. ", "language": "fr", "languages": ["fr", "oc", "fr"], "time_zone": "Europe/Brussels"}
    answer = api(bob).patch("/api/me", changes)
    assert answer.status_code == 200
    for known in (answer.json(), api(bob).get("/api/me").json()):
        assert known["name"] == "Bob D."
        assert known["languages"] == ["fr", "oc"]
        assert (known["language"], known["time_zone"]) == ("fr", "Europe/Brussels")
    api(bob).patch("/api/me", {"languages": []})
    bob.refresh_from_db()
    assert (bob.languages, bob.name) == ([], "Bob D.")
    assert api(bob).patch("/api/me", {}).status_code == 200


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"language": "de"}, "language", "invalid_choice"),
        ({"languages": ["french"]}, "languages.0", "max_length"),
        ({"languages": ["xx"]}, "languages", "unknown_language"),
        ({"languages": ["fr"] * 11}, "languages", "max_length"),
        ({"languages": "fr"}, "languages", "not_a_list"),
        ({"time_zone": "Europe/Narbonne"}, "time_zone", "unknown_time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "unknown_time_zone"),
        ({"time_zone": "localtime"}, "time_zone", "unknown_time_zone"),
        ({"name": ""}, "name", "blank"),
        ({"name": "evil.example"}, "name", "name_not_plain"),
        ({"name": "B\u200bob"}, "name", "name_not_plain"),
        ({"name": "B" * 61}, "name", "name_too_long"),
        ({"name": None}, "name", "null"),
        ({"name": ["Bob"]}, "name", "invalid"),
        ({"email": "other@example.com"}, "email", "unknown_field"),
        ({"is_staff": True}, "is_staff", "unknown_field"),
        ({"id": "0b6d9d3e-3c4f-4a68-9c55-3f8c1d1b9a10"}, "id", "unknown_field"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_by_name_and_changes_nothing(api, bob, change, field, code):
    answer = api(bob).patch("/api/me", {"time_zone": "Europe/Brussels"} | change)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert [said["code"] for said in answer.json()["fields"][field]] == [code]
    before = User.objects.values().get(pk=bob.pk)
    bob.refresh_from_db()
    assert (before["name"], before["language"], before["time_zone"]) == ("Bob", "en", "Europe/Paris")


def test_errors_come_in_the_language_of_the_page(api, bob):
    for language, sentence in (("fr", "fr"), ("en", "en"), ("fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("de", "en")):
        answer = api(bob).get("/api/me", headers={"accept-language": language})
        assert answer.headers["Content-Language"] == sentence
