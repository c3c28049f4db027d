from listings.models.block import Block
from listings.models.extra import Extra
from listings.models.imports import Import, ImportLine, ImportPhoto, ImportState, Outcome
from listings.models.listing import Listing
from listings.models.map_cell import MapCell, MapMark
from listings.models.opening import OpeningException
from listings.models.owner_place import OwnerPlace
from listings.models.photo import Photo
from listings.models.place import Place, PlaceName
from listings.models.price_override import PriceOverride
from listings.models.response import OwnerResponse
from listings.models.saved import SavedBike, SavedSearch, SeenBike
from listings.models.stolen import HeldBike, NumberClaim, StolenReport

__all__ = [
    "Block",
    "Extra",
    "HeldBike",
    "Import",
    "ImportLine",
    "ImportPhoto",
    "ImportState",
    "Listing",
    "MapCell",
    "MapMark",
    "NumberClaim",
    "OpeningException",
    "Outcome",
    "OwnerPlace",
    "OwnerResponse",
    "Photo",
    "Place",
    "PlaceName",
    "PriceOverride",
    "SavedBike",
    "SavedSearch",
    "SeenBike",
    "StolenReport",
]
