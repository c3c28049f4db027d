"""The French of the notices, and of everything else the Python side says."""

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import translation

from bikeens.notifications.kinds import KINDS
from tests.factories import people
from tests.notifications.test_notify import PATH, tell

CATALOGUE = settings.LOCALE_PATHS[0] / "fr" / "LC_MESSAGES" / "django.po"


def french():
    with CATALOGUE.open("rb") as file:
        texts = [message.string for message in read_po(file, locale="fr") if message.id]
    return [text for string in texts for text in ([string] if isinstance(string, str) else string)]


def test_every_text_of_the_python_side_is_in_french():
    call_command("messages", "--check")


def test_the_catalogue_is_checked_against_the_code(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match=r"No French for: 'Sign in first\.'"):
        call_command("messages", "--check")
    assert list(tmp_path.iterdir()) == []


def test_collecting_again_changes_nothing(settings, tmp_path):
    copy = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(CATALOGUE.read_bytes())
    settings.LOCALE_PATHS = [tmp_path]
    call_command("messages", verbosity=0)
    assert copy.read_bytes() == CATALOGUE.read_bytes()
    assert copy.with_suffix(".mo").exists()


def test_french_is_set_as_the_french_set_it():
    wrong = re.compile(r"'| [:;?!»%€]|« |\.\.\.|[^\s\u202f\u00a0:/][?!;](?!\w)|\"")
    assert [text for text in french() if wrong.search(text)] == []


def test_people_are_addressed_politely():
    assert [text for text in french() if re.search(r"\b(tu|ton|ta|tes|toi)\b", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_said_in_french(kind):
    english = [str(text) for text in (KINDS[kind].subject, KINDS[kind].sentence, KINDS[kind].button)]
    with translation.override("fr"):
        said = [str(text) for text in (KINDS[kind].subject, KINDS[kind].sentence, KINDS[kind].button)]
    assert not set(english) & set(said)


def test_the_e_mail_is_in_french_for_who_reads_french(run_jobs):
    tell(people.person("Alice", language="fr"))
    run_jobs()
    (letter,) = mail.outbox
    assert letter.subject == "Bob demande «\u00a0Peugeot PX-10\u00a0»"
    assert "du samedi 4 juillet à 10:00 au dimanche 5 juillet à 18:30" in letter.body
    assert "Total\u00a0: 42,50\u00a0€" in letter.body
    assert f"http://localhost:8000/fr{PATH}" in letter.body
    assert '<html lang="fr">' in letter.alternatives[0].content


def test_a_refusal_is_in_french_on_a_french_page(api, bob):
    answer = api(bob).patch("/api/me", {"nome": "Bob"}, headers={"accept-language": "fr"})
    assert answer.json()["detail"] == "Certaines informations ne conviennent pas en l’état."
    assert answer.json()["fields"]["nome"][0]["message"] == "Ce champ n’existe pas."
    answer = api(bob).patch("/api/me", {"language": "de"}, headers={"accept-language": "fr"})
    assert "n'est pas un choix valide" in answer.json()["fields"]["language"][0]["message"]
