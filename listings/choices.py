"""The words a listing may use; their stored values are the API's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    SUSPENDED = "suspended", _("Suspended")
    REMOVED = "removed", _("Removed")


class Category(models.TextChoices):
    CITY = "city", _("City bike")
    TREKKING = "trekking", _("Trekking bike")
    ROAD = "road", _("Road bike")
    GRAVEL = "gravel", _("Gravel bike")
    MOUNTAIN = "mountain", _("Mountain bike")
    FOLDING = "folding", _("Folding bike")
    CARGO = "cargo", _("Cargo bike")
    KIDS = "kids", _("Children's bike")
    TANDEM = "tandem", _("Tandem")
    OTHER = "other", _("Other bike")


class FrameSize(models.TextChoices):
    XS = "XS"
    S = "S"
    M = "M"
    L = "L"
    XL = "XL"
    XXL = "XXL"


class Brakes(models.TextChoices):
    HYDRAULIC_DISC = "hydraulic_disc", _("Hydraulic disc brakes")
    MECHANICAL_DISC = "mechanical_disc", _("Mechanical disc brakes")
    RIM = "rim", _("Rim brakes")
    DRUM = "drum", _("Drum brakes")
    COASTER = "coaster", _("Coaster brake")


class Included(models.TextChoices):
    LOCK = "lock", _("Lock")
    HELMET = "helmet", _("Helmet")
    LIGHTS = "lights", _("Lights")
    PUMP = "pump", _("Pump")
    REPAIR_KIT = "repair_kit", _("Repair kit")
    BASKET = "basket", _("Basket")
    PANNIERS = "panniers", _("Panniers")
    CHILD_SEAT = "child_seat", _("Child seat")
    PHONE_HOLDER = "phone_holder", _("Phone holder")
    BOTTLE_CAGE = "bottle_cage", _("Bottle cage")
    MUDGUARDS = "mudguards", _("Mudguards")
    RAIN_COVER = "rain_cover", _("Rain cover")
    CHARGER = "charger", _("Charger")


class Safety(models.TextChoices):
    BRAKES = "brakes", _("Brakes")
    TYRES = "tyres", _("Tyres")
    CHAIN = "chain", _("Chain")
    LIGHTS = "lights", _("Lights")


class Policy(models.TextChoices):
    FLEXIBLE = "flexible", _("Flexible")
    MODERATE = "moderate", _("Moderate")
    STRICT = "strict", _("Strict")


class ExtraKind(models.TextChoices):
    HELMET = "helmet", _("Helmet")
    CHILD_SEAT = "child_seat", _("Child seat")
    PANNIERS = "panniers", _("Panniers")
    TRAILER = "trailer", _("Trailer")
    DELIVERY = "delivery", _("Delivery")
    OTHER = "other", _("Other")


class Per(models.TextChoices):
    BOOKING = "booking", _("per booking")
    DAY = "day", _("per day")


class BlockKind(models.TextChoices):
    HOLD = "hold", _("Hold")
    BOOKING = "booking", _("Booking")
    OWN = "own", _("Own use")
    IMPORTED = "imported", _("Imported")


class NumberKind(models.TextChoices):
    FRAME = "frame", _("Frame number")
    BICYCODE = "bicycode", _("Bicycode")


class HeldFor(models.TextChoices):
    STOLEN = "stolen", _("Reported stolen")
    DUPLICATE = "duplicate", _("Another owner's number")
