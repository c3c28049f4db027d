"""The e-mail of a notice, sent once."""

import logging
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from bikeens.core import clock
from bikeens.notifications.letters import letter_of
from bikeens.notifications.models import Notice

log = logging.getLogger(__name__)

# SMTP's own errors are OSErrors too: 8, 64, 512 … seconds, five attempts, then the job stays as failed.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=8, retry_exceptions={OSError})


@jobs.task(name="notifications.send_email", queue="mail", retry=RETRY)
def send_email(notice_id: int) -> None:
    """Send the notice's e-mail unless it was sent; raises OSError, and is tried again, when the mail server is away.

    The row stays locked while the mail goes out, so that two runs of the job never both send it.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update(of=["self"]).select_related("person").filter(pk=notice_id).first()
        if notice is None or notice.emailed_at is not None or not notice.person.is_active:
            return
        message = letter_of(notice)
        try:
            message.send()
        except SMTPRecipientsRefused:
            # The address takes no mail: asking again would change nothing.
            log.warning("The e-mail of notice %s was refused for good.", notice.uuid)
        notice.emailed_at = clock.now()
        notice.save(update_fields=["emailed_at"])
