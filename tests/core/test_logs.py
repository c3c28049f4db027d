"""What the log tells of an error nobody foresaw."""

import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from listings.models import Listing
from tests.factories import listings


def line_of(record: logging.LogRecord) -> str:
    config = logging.config.DictConfigurator(settings.LOGGING)
    return config.configure_formatter(settings.LOGGING["formatters"]["line"]).format(record)


def test_a_broken_row_is_told_without_what_is_in_it(alice):
    bike = listings.listing(alice, frame_number="WTU987654", address="7 rue\nSecrète\n\nNarbonne")
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Listing.objects.filter(pk=bike.pk).update(price_day=1)
    assert "Failing row" in str(raised.value)

    error = raised.value
    told = line_of(logging.LogRecord("django", 40, __file__, 1, "broke", (), (type(error), error, error.__traceback__)))

    for private in ("WTU987654", "rue", "Secr", "Narbonne", "Failing row"):
        assert private not in told
    assert "violates check constraint" in told
    assert "psycopg.errors.CheckViolation" in told
    assert "test_logs.py" in told


def test_other_errors_are_told_whole():
    try:
        raise ValueError("DETAIL is a word\nlike others")
    except ValueError:
        told = line_of(logging.LogRecord("django", 40, __file__, 1, "broke", (), sys.exc_info()))

    assert told.endswith("ValueError: DETAIL is a word\nlike others")
