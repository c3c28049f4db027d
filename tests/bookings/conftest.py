import pytest

from bikeens.accounts.models import User
from tests.factories import bookings


@pytest.fixture
def dora(db: None) -> User:
    """Staff."""
    return bookings.staff()
