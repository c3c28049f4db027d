"""Telling people: the notice and its e-mail, in the reader's language, once."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from bikeens.notifications.actions import notify
from bikeens.notifications.kinds import FACT_LABELS, KINDS
from bikeens.notifications.models import Notice
from bikeens.notifications.tasks import send_email
from tests.factories import people

BOOKING = uuid4()
PATH = f"/bookings/{BOOKING}/"
FACTS = {
    "bike": "Peugeot PX-10",
    "renter": "Bob",
    "owner": "Alice",
    "other": "Bob",
    "from": "2026-07-04T10:00",
    "to": "2026-07-05T18:30",
    "answer_by": "2026-07-03T10:00",
    "total": {"amount": 4250, "currency": "EUR"},
    "reason": None,
    "search": "Narbonne",
    "number": 3,
    "bookings": "BK-ABC234 (Bob)",
}


def tell(person, kind="request_received", **facts):
    return notify(person=person, kind=kind, path=PATH, facts=FACTS | facts, about=BOOKING)


def test_a_notice_is_written_and_its_e_mail_deferred_in_one_transaction(alice):
    notice = tell(alice)
    assert (notice.kind, notice.path, notice.about, notice.read_at) == ("request_received", PATH, BOOKING, None)
    job = ProcrastinateJob.objects.get(task_name="notifications.send_email")
    assert (job.task_name, job.queue_name, job.args) == ("notifications.send_email", "mail", {"notice_id": notice.pk})


def test_what_is_rolled_back_was_never_said(alice):
    with transaction.atomic():
        tell(alice)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_the_e_mail_is_in_english_for_who_reads_english(run_jobs):
    tell(people.alice())
    run_jobs()
    (letter,) = mail.outbox
    assert letter.to == ["alice@example.com"]
    assert letter.subject == "Bob asks for Peugeot PX-10"
    assert "Bob asks for Peugeot PX-10, from Saturday 4 July, 10:00 to Sunday 5 July, 18:30." in letter.body
    assert f"http://localhost:8000/en{PATH}" in letter.body
    assert "Total: €42.50" in letter.body
    assert "Reason" not in letter.body
    html = letter.alternatives[0].content
    assert f'href="http://localhost:8000/en{PATH}"' in html
    assert "<table" not in html
    assert '<html lang="en">' in html


def test_a_job_run_twice_sends_one_e_mail(run_jobs):
    notice = tell(people.alice())
    run_jobs()
    notice.refresh_from_db()
    assert notice.emailed_at is not None
    send_email(notice_id=notice.pk)
    assert len(mail.outbox) == 1


def test_a_closed_account_gets_no_e_mail(run_jobs):
    notice = tell(people.person("Alice", is_active=False))
    run_jobs()
    assert mail.outbox == []
    notice.refresh_from_db()
    assert notice.emailed_at is None


def test_a_mail_server_that_is_away_is_asked_again(run_jobs, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    notice = tell(people.alice())
    run_jobs()
    job = ProcrastinateJob.objects.get(task_name="notifications.send_email")
    assert (job.status, job.attempts) == ("todo", 1)
    notice.refresh_from_db()
    assert notice.emailed_at is None


def test_a_name_can_add_no_header_and_no_markup(run_jobs):
    tell(people.alice(), renter="Bob\r\nBcc: everybody@example.com\r\n\r\n<script>alert(1)</script>")
    run_jobs()
    (letter,) = mail.outbox
    message = letter.message()
    assert letter.subject == ("Bob Bcc: everybody@example.com <script>alert(1)</script> asks for Peugeot PX-10")
    assert message["Bcc"] is None
    assert message["To"] == "alice@example.com"
    assert "<script>" not in letter.alternatives[0].content


def test_a_code_is_shown_large_and_only_when_it_is_given(run_jobs):
    tell(people.alice(), kind="handover_code", code="123456")
    run_jobs()
    assert "\n    123456\n" in mail.outbox[0].body


@pytest.mark.parametrize("path", ["bookings/1/", "//evil.example/", "/a b", "/\\evil.example", "https://evil.example"])
def test_a_path_that_leads_elsewhere_is_refused(alice, path):
    with pytest.raises(ValueError, match="no page's path"):
        notify(person=alice, kind="request_received", path=path, facts=FACTS, about=None)
    assert not Notice.objects.exists()


def test_an_unknown_kind_and_a_missing_fact_are_refused_by_name(alice):
    with pytest.raises(ValueError, match="is called birthday"):
        tell(alice, kind="birthday")
    with pytest.raises(ValueError, match="needs answer_by, renter"):
        tell(alice, renter=None, answer_by=None)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written_with_the_facts_of_a_booking(alice, kind):
    assert KINDS[kind].needs <= set(FACTS)
    notice = tell(alice, kind=kind, reason="The pictures show another bike.")
    assert notice.kind == kind


def test_facts_shown_below_have_a_label_each():
    assert {"from", "to", "total", "reference", "address"} <= set(FACT_LABELS)
    assert not any(re.search("[{}]", str(label)) for label in FACT_LABELS.values())
