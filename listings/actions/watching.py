"""Telling people of new bikes for their saved searches: each bike once, at most one e-mail a day for a search."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from bikeens.core import clock
from bikeens.notifications.actions import Card, notify
from listings import watching
from listings.cards import card_of
from listings.models import Listing, SavedSearch, SeenBike
from listings.saved import search_page, stop_page
from listings.search.engine import Hit
from listings.watching import Look

log = logging.getLogger(__name__)

TELL_EVERY = timedelta(hours=24)
# How many bikes an e-mail shows; it says how many there are.
SHOWN = 5


def tell_new_matches() -> int:
    """Look at every search that may be told of something; returns how many people-and-searches were told.

    One that fails is logged and looked at again by the next run; it holds up no other.
    """
    now = clock.now()
    due = SavedSearch.objects.filter(_due(now)).order_by("looked_at", "pk")
    return sum(_tell_of_one(search, now) for search in due.iterator(chunk_size=200))


def _due(now: datetime) -> Q:
    rested = Q(told_at=None) | Q(told_at__lte=now - TELL_EVERY)
    return rested & Q(notify=True, person__is_active=True)


def _tell_of_one(search: SavedSearch, now: datetime) -> bool:
    try:
        if watching.over(search.params, now=now):
            return False
        return _claim_and_tell(search, watching.look(search.params, now=now), now)
    except Exception:
        log.exception("The saved search %s could not be looked at.", search.uuid)
        return False


@transaction.atomic
def _claim_and_tell(search: SavedSearch, look: Look, now: datetime) -> bool:
    """The bikes are noted as seen in the transaction that asks for the e-mail, under the search's lock: whoever comes
    second finds nothing left to tell.
    """
    locked = SavedSearch.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    mine = locked.filter(_due(now), pk=search.pk).first()
    if mine is None:
        return False
    news = _news(mine, look)
    # What is no news has been seen all the same.
    seen = (SeenBike(search=mine, listing_id=listing, seen_at=now) for listing in look.listings)
    SeenBike.objects.bulk_create(seen, ignore_conflicts=True)
    mine.looked_at, mine.saw_all, mine.saw_wide = now, look.whole, look.wide
    if news:
        mine.told_at = now
        _tell(mine, news, look)
    mine.save(update_fields=["looked_at", "saw_all", "saw_wide", "told_at"])
    return bool(news)


def _news(search: SavedSearch, look: Look) -> Sequence[Hit]:
    """Found and never seen before, others' bikes alone.

    Where the last look did not reach the end, or ended at 5 km and this one goes to 50, a bike that it did not see may
    have been there all along, further away: only one that was published since is news.
    """
    unseen = Listing.objects.filter(pk__in=look.listings).exclude(owner=search.person)
    unseen = unseen.exclude(pk__in=SeenBike.objects.filter(search=search).values("listing"))
    if not search.saw_all or (look.wide and not search.saw_wide):
        unseen = unseen.filter(published_at__gt=search.looked_at)
    keys = set(unseen.values_list("pk", flat=True))
    return [hit for hit in look.hits if hit.row.id in keys]


def _tell(search: SavedSearch, news: Sequence[Hit], look: Look) -> None:
    with translation.override(search.person.language):
        cards: list[Card] = [card_of(hit, look.origin, search.params) for hit in news[:SHOWN]]
    notify(
        person=search.person,
        kind="search_match" if len(news) == 1 else "search_matches",
        path=search_page(search),
        facts={"search": search.name, "bike": news[0].row.title, "number": len(news), "stop": stop_page(search)},
        cards=cards,
        about=search.uuid,
    )
