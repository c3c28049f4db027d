"""The database itself keeps the history as it was written."""

import pytest
from django.db import IntegrityError, connection, transaction

from bookings.models import Transition
from tests.factories import bookings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement", ["UPDATE bookings_transition SET money = 'release'", "DELETE FROM bookings_transition"]
)
def test_a_transition_is_neither_changed_nor_removed(statement: str) -> None:
    bookings.booking("confirmed")
    before = list(Transition.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Transition.objects.order_by("pk").values()) == before
