from listings.models.block import Block
from listings.models.extra import Extra
from listings.models.listing import Listing
from listings.models.map_cell import MapCell, MapMark
from listings.models.opening import OpeningException
from listings.models.owner_place import OwnerPlace
from listings.models.photo import Photo
from listings.models.place import Place, PlaceName
from listings.models.price_override import PriceOverride

__all__ = [
    "Block",
    "Extra",
    "Listing",
    "MapCell",
    "MapMark",
    "OpeningException",
    "OwnerPlace",
    "Photo",
    "Place",
    "PlaceName",
    "PriceOverride",
]
