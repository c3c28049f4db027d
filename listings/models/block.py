from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from bikeens.core import clock
from bikeens.core.models import PublicModel
from listings.choices import BlockKind
from listings.models.listing import Listing

# Both expressions are of core types, so that no btree_gist is needed.
_LISTING = Func(
    F("listing_id"), F("listing_id"), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
)
_STRETCH = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=DateTimeRangeField())


class Block(PublicModel):
    """A stretch of time `[starts_at, ends_at)` in which a listing cannot be booked.

    A booking's block ends with the buffer. A hold counts until `lapses_at`; the constraint cannot see the clock, so
    who writes sweeps lapsed holds first, under the lock of the listing's row.
    """

    Kind = BlockKind

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="blocks", db_index=False)
    kind = models.CharField(max_length=8, choices=BlockKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True, help_text="For the owner alone.")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="block_kind"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="block_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind=BlockKind.HOLD, lapses_at__isnull=False)
                | (~Q(kind=BlockKind.HOLD) & Q(lapses_at__isnull=True)),
                name="block_only_holds_lapse",
            ),
            ExclusionConstraint(
                name="block_no_overlap",
                expressions=[(_LISTING, RangeOperators.OVERLAPS), (_STRETCH, RangeOperators.OVERLAPS)],
                condition=Q(kind__in=[BlockKind.HOLD, BlockKind.BOOKING]),
            ),
        ]
        indexes = [models.Index(fields=["listing", "ends_at"], include=["starts_at"], name="block_listing_ends_at")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.listing_id}, {self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M} UTC"
