from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q

from bikeens.core import clock
from bikeens.core.models import PublicModel
from bikeens.core.money import Money
from listings.choices import Brakes, Category, FrameSize, Included, Policy, Safety, Status
from listings.fields import NEVER, OptionalPointField, WeeklyHours, WeeklyHoursField
from listings.geo import LatLon, to_latlon
from listings.limits import BOUNDS, RIDER_HEIGHT_CM
from listings.models.owner_place import OwnerPlace


def never_open() -> WeeklyHours:
    return NEVER


def within(field: str, lowest: int, highest: int) -> models.CheckConstraint:
    """The column is empty or lies between the two, ends included."""
    condition = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": lowest, f"{field}__lte": highest})
    return models.CheckConstraint(condition=condition, name=f"listing_{field}")


class Listing(PublicModel):
    """One bike offered for rent. Money is in minor units of `currency`; what is private is said so."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="listings")
    reference = models.CharField(max_length=64, blank=True, help_text="Private: the owner's own key, for imports.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    status_reason = models.CharField(max_length=300, blank=True, help_text="Why it is suspended.")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False, help_text="The first time.")

    title = models.CharField(max_length=80, blank=True)
    description = models.TextField(max_length=4000, blank=True)
    house_rules = models.TextField(max_length=2000, blank=True)
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="Spoken, ISO 639-1.")

    category = models.CharField(max_length=10, choices=Category.choices, blank=True)
    electric = models.BooleanField(default=False)
    battery_range_km = models.PositiveSmallIntegerField(null=True, blank=True)
    motor = models.CharField(max_length=60, blank=True)
    brand = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    frame_size = models.CharField(max_length=3, choices=FrameSize.choices, blank=True)
    frame_size_cm = models.PositiveSmallIntegerField(null=True, blank=True)
    rider_height_from = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Centimetres.")
    rider_height_to = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Centimetres, included.")
    wheel_size = models.CharField(max_length=20, blank=True)
    gears = models.PositiveSmallIntegerField(null=True, blank=True)
    brakes = models.CharField(max_length=20, choices=Brakes.choices, blank=True)
    weight_g = models.PositiveIntegerField(null=True, blank=True)
    colour = models.CharField(max_length=40, blank=True)
    included = ArrayField(models.CharField(max_length=20, choices=Included.choices), default=list, blank=True)
    safety = ArrayField(models.CharField(max_length=10, choices=Safety.choices), default=list, blank=True)
    last_service_date = models.DateField(null=True, blank=True)

    frame_number = models.CharField(max_length=40, blank=True, help_text="Private.")
    bicycode = models.CharField(max_length=20, blank=True, help_text="Private: the French bike register's number.")
    value_cents = models.PositiveIntegerField(null=True, blank=True, help_text="Private: what a new one costs.")

    address = models.CharField(max_length=200, blank=True, help_text="Private until a booking is confirmed.")
    exact_point = OptionalPointField(null=True, blank=True, help_text="Private until a booking is confirmed.")
    public_point = OptionalPointField(null=True, blank=True, help_text="What everything public is computed from.")
    place = models.ForeignKey(OwnerPlace, null=True, blank=True, on_delete=models.PROTECT, related_name="listings")
    town = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, help_text="IANA name.")

    currency = models.CharField(max_length=3, default=settings.CURRENCY)
    price_hour = models.PositiveIntegerField(null=True, blank=True)
    price_day = models.PositiveIntegerField(null=True, blank=True)
    discount_7 = models.PositiveSmallIntegerField(default=0, help_text="Percent, from 7 days.")
    discount_28 = models.PositiveSmallIntegerField(default=0, help_text="Percent, from 28 days.")
    deposit_cents = models.PositiveIntegerField(default=0, help_text="No listing can ask for one yet.")

    opening = WeeklyHoursField(default=never_open)
    lead_time_h = models.PositiveSmallIntegerField(default=2)
    horizon_days = models.PositiveSmallIntegerField(default=80)
    shortest_h = models.PositiveSmallIntegerField(default=1)
    longest_days = models.PositiveSmallIntegerField(default=28)
    buffer_min = models.PositiveSmallIntegerField(default=30)
    instant = models.BooleanField(default=False)
    policy = models.CharField(max_length=10, choices=Policy.choices, default=Policy.MODERATE)

    # Both are written from above: by what happens at the return, and by how an owner answers requests.
    overdue_since = models.DateTimeField(null=True, editable=False, help_text="Set while the bike is not back in time.")
    response_rank = models.PositiveSmallIntegerField(default=0, editable=False, help_text="0 answers best.")

    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "reference"],
                condition=~Q(reference="") & ~Q(status=Status.REMOVED),
                name="listing_reference_once_per_owner",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="listing_status"),
            models.CheckConstraint(condition=Q(category__in=["", *Category.values]), name="listing_category"),
            models.CheckConstraint(condition=Q(policy__in=Policy.values), name="listing_policy"),
            models.CheckConstraint(condition=Q(deposit_cents=0), name="listing_no_deposit_yet"),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED)
                | (
                    Q(public_point__isnull=False, exact_point__isnull=False, place__isnull=False)
                    & Q(price_day__isnull=False)
                    & ~Q(title="")
                    & ~Q(category="")
                    & ~Q(time_zone="")
                ),
                name="listing_published_complete",
            ),
            models.CheckConstraint(
                condition=Q(rider_height_from__isnull=True, rider_height_to__isnull=True)
                | Q(
                    rider_height_from__isnull=False,
                    rider_height_to__isnull=False,
                    rider_height_from__gte=RIDER_HEIGHT_CM[0],
                    rider_height_to__gte=F("rider_height_from"),
                    rider_height_to__lte=RIDER_HEIGHT_CM[1],
                ),
                name="listing_rider_height",
            ),
            *(within(field, *bounds) for field, bounds in BOUNDS.items()),
        ]
        indexes = [
            GistIndex(fields=["public_point"], condition=Q(status=Status.PUBLISHED), name="listing_published_point"),
            # Another one, of the point and of what comes with a bike, stands in migration 0009.
            # Search asks which zones there are by skipping from one to the next.
            models.Index(
                fields=["time_zone"], condition=Q(status=Status.PUBLISHED), name="listing_published_time_zone"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_category_display() or 'listing'} {self.uuid}"

    @property
    def exact(self) -> LatLon | None:
        """Private: where the bike is, in degrees."""
        return None if self.exact_point is None else to_latlon(self.exact_point)

    @property
    def public(self) -> LatLon | None:
        """Where everybody may think it is, in degrees."""
        return None if self.public_point is None else to_latlon(self.public_point)

    def money(self, cents: int) -> Money:
        """An amount of the listing's currency."""
        return Money(cents, self.currency)

    @property
    def hour_price(self) -> Money | None:
        return None if self.price_hour is None else self.money(self.price_hour)

    @property
    def day_price(self) -> Money | None:
        return None if self.price_day is None else self.money(self.price_day)

    @property
    def value(self) -> Money | None:
        """Private: what a new one costs."""
        return None if self.value_cents is None else self.money(self.value_cents)

    @property
    def buffer(self) -> timedelta:
        """How long after a rental the bike stays blocked."""
        return timedelta(minutes=self.buffer_min)

    @property
    def zone(self) -> str:
        """The zone of its wall clock; a draft without a place goes by the house's."""
        return self.time_zone or settings.DEFAULT_ZONE
