"""Who takes a step: a person in one of their roles, the clock, or payments."""

from __future__ import annotations

from dataclasses import dataclass

from bikeens.accounts.models import User
from bookings import states
from bookings.models import Booking


@dataclass(frozen=True, slots=True)
class Actor:
    """`person` is None for the clock and for payments; staff give a `reason`."""

    kind: str
    person: User | None = None
    reason: str = ""

    @classmethod
    def renter(cls, person: User) -> Actor:
        return cls(states.RENTER, person)

    @classmethod
    def owner(cls, person: User) -> Actor:
        return cls(states.OWNER, person)

    @classmethod
    def staff(cls, person: User, *, reason: str) -> Actor:
        return cls(states.STAFF, person, reason)

    @classmethod
    def clock(cls) -> Actor:
        return cls(states.CLOCK)

    @classmethod
    def payments(cls) -> Actor:
        return cls(states.PAYMENTS)

    @classmethod
    def of(cls, person: User, booking: Booking) -> Actor | None:
        """`person` in their role in this booking; None for a stranger."""
        if booking.renter_id == person.pk:
            return cls.renter(person)
        if booking.owner_id == person.pk:
            return cls.owner(person)
        return None

    def has_part_in(self, booking: Booking) -> bool:
        """Whether this actor may know of this booking at all."""
        match self.kind:
            case states.RENTER:
                return self.person is not None and self.person.pk == booking.renter_id
            case states.OWNER:
                return self.person is not None and self.person.pk == booking.owner_id
            case states.STAFF:
                return self.person is not None and self.person.is_staff
        return True
