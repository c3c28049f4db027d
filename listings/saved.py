"""What people have saved: bikes and searches, and the signed link that ends a search's e-mails."""

from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core.errors import NotFound
from listings.models import SavedBike, SavedSearch

_STOP = "bikeens.saved_search.stop"


def saved_bikes_of(person: User) -> QuerySet[SavedBike]:
    """With all that their cards show."""
    bikes = SavedBike.objects.filter(person=person)
    return bikes.select_related("listing__owner").prefetch_related("listing__photos__listing")


def saved_ids_of(person: User) -> list[UUID]:
    """The listings a person has saved, whatever has become of them."""
    return list(SavedBike.objects.filter(person=person).order_by("pk").values_list("listing__uuid", flat=True))


def saved_searches_of(person: User) -> QuerySet[SavedSearch]:
    """Newest first."""
    return SavedSearch.objects.filter(person=person).order_by("-pk")


def saved_search_of(person: User, uuid: UUID) -> SavedSearch:
    """Raises NotFound."""
    search = SavedSearch.objects.filter(person=person, uuid=uuid).first()
    if search is None:
        raise NotFound("not_found", _("There is nothing here."))
    return search


def query_of(search: SavedSearch) -> str:
    """What stands after the question mark of the search's address."""
    return urlencode(sorted(search.params.items()), safe=",:")


def search_page(search: SavedSearch) -> str:
    """The page that shows what the search finds."""
    return f"/search/?{query_of(search)}"


def stop_page(search: SavedSearch) -> str:
    """The page with the button that ends its e-mails, for whoever holds the e-mail."""
    return "/saved/stop/?" + urlencode({"token": signing.dumps(search.uuid.hex, salt=_STOP)})


def search_of_token(token: str) -> SavedSearch:
    """Raises NotFound for a link we did not make, or of a search that is gone."""
    try:
        uuid = UUID(signing.loads(token, salt=_STOP))
    except (signing.BadSignature, ValueError):
        uuid = None
    search = SavedSearch.objects.filter(uuid=uuid).first() if uuid else None
    if search is None:
        raise NotFound("not_found", _("This link no longer leads to a saved search."))
    return search
