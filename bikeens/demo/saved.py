"""What the demo's renter keeps for later: some bikes, and a search that writes when a new bike is there."""

from bikeens.core import clock
from bikeens.demo.people import Cast
from listings import watching
from listings.actions import save_bike, save_search
from listings.models import Listing

SAVED_BIKES = 3
# By its number in the towns table.
NARBONNE = 2990919


def make_saved(cast: Cast) -> None:
    """Bikes of Narbonne, and every electric bike there for somebody of 1.72 m."""
    offered = Listing.objects.filter(town="Narbonne", status="published").exclude(owner=cast.claire)
    for listing in offered.order_by("pk")[:SAVED_BIKES]:
        save_bike(person=cast.hugo, uuid=listing.uuid)
    params = watching.params_of(f"place={NARBONNE}&electric=true&height=172")
    look = watching.look(params, now=clock.now())
    save_search(person=cast.hugo, name="Vélo électrique à Narbonne", params=params, look=look)
