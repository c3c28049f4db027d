"""`Idempotency-Key` on the POSTs that take it: a second request has no second effect and the same answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils.crypto import get_random_string

from bikeens.accounts import idempotency
from bikeens.accounts.models import IdempotencyKey
from bikeens.core import clock
from bookings import states
from bookings.models import Booking, Claim
from listings.models import Block, Import, Listing, Photo
from tests import s3
from tests.factories import bookings, listings, people, pictures

NEW = "/api/my/listings"
CSV = "reference;titre\nA;Vélo bleu\n"


def post(client, url, body=None, key="k1", **options):
    return client.post(url, {} if body is None else body, headers={"Idempotency-Key": key}, **options)


def upload(client, url, content, key="k1", name="file"):
    """A form with a file: each with a boundary of its own, as browsers make them."""
    boundary = get_random_string(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    form = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    return client.generic("POST", url, form, content_type=kind, headers={"Idempotency-Key": key})


def photos_of(listing):
    return f"{NEW}/{listing.uuid}/photos"


def copies_of(listing):
    return f"{NEW}/{listing.uuid}/duplicate"


def problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"], set(answer.json().get("fields", {}))


def twice(send):
    """Sends the same twice and returns the status of both, whose answers are alike to the byte."""
    first, again = send(), send()
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert ("Idempotent-Replayed" in first.headers, again.headers["Idempotent-Replayed"]) == (False, "true")
    return first.status_code


def test_a_new_listing_is_begun_once(api, alice):
    body = {"title": "Gitane", "category": "city"}
    assert twice(lambda: post(api(alice), NEW, body)) == 201
    assert Listing.objects.count() == 1
    assert post(api(alice), NEW, body, key="k2").status_code == 201
    assert Listing.objects.count() == 2


def test_a_listing_is_duplicated_once(api, alice):
    listing = listings.listing(alice)
    assert twice(lambda: post(api(alice), copies_of(listing))) == 201
    assert Listing.objects.count() == 2


def test_a_file_of_listings_is_taken_once(api, alice):
    assert twice(lambda: upload(api(alice), "/api/my/imports", CSV.encode(), name="bikes.csv")) == 201
    assert Import.objects.count() == 1


def test_a_photo_is_added_once(api, alice):
    draft = listings.draft(alice)
    assert twice(lambda: upload(api(alice), photos_of(draft), pictures.plain())) == 201
    assert Photo.objects.count() == 1


def test_ones_own_use_is_noted_once(api, alice):
    listing = listings.listing(alice)
    day = clock.now().date() + timedelta(days=9)
    asked = {"from": f"{day}T10:00", "to": f"{day}T18:00"}
    assert twice(lambda: post(api(alice), f"{NEW}/{listing.uuid}/blocks", asked)) == 201
    assert Block.objects.count() == 1


def test_dates_are_held_once_and_without_a_key_too(api, bob):
    body = bookings.body(listings.listing())
    assert twice(lambda: post(api(bob), "/api/bookings", body)) == 201
    assert api(bob).post("/api/bookings", body).json()["id"] == str(Booking.objects.get().uuid)


def test_a_claim_is_reported_once(api, db):
    booking = bookings.booking(states.ACTIVE)
    body = {"kind": "not_as_described", "text": "No brakes.", "amount": {"amount": 1000, "currency": "EUR"}}
    assert twice(lambda: post(api(booking.renter), f"/api/bookings/{booking.uuid}/claim", body)) == 200
    assert Claim.objects.count() == 1


def test_other_people_s_keys_are_their_own(api, alice, carol):
    for owner in (alice, carol):
        answer = post(api(owner), NEW, {"title": "Gitane"})
        assert (answer.status_code, "Idempotent-Replayed" in answer.headers) == (201, False)
    assert Listing.objects.filter(owner=alice).count() == Listing.objects.filter(owner=carol).count() == 1


def test_a_key_of_another_request_is_refused(api, alice):
    listing, other = listings.listing(alice), listings.listing(alice)
    assert post(api(alice), copies_of(listing)).status_code == 201
    for refused in (
        post(api(alice), copies_of(other)),
        post(api(alice), copies_of(listing), {"title": "Gitane"}),
        post(api(alice), f"{copies_of(listing)}?x=1"),
        post(api(alice), NEW, {}),
        upload(api(alice), photos_of(listing), pictures.plain()),
    ):
        assert problem(refused) == (422, "key_reused", {"Idempotency-Key"})
    assert (Listing.objects.count(), Photo.objects.filter(listing=listing).count()) == (3, 2)


def test_another_picture_under_the_same_name_is_another_request(api, alice):
    draft = listings.draft(alice)
    assert upload(api(alice), photos_of(draft), pictures.plain()).status_code == 201
    refused = upload(api(alice), photos_of(draft), pictures.plain(colour="red"))
    assert problem(refused) == (422, "key_reused", {"Idempotency-Key"})
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("key", ["", "   ", "k" * 256, "a\tb", "a\x00b", "a\x7fb", "clé", "\x1f"])
def test_a_key_that_is_none_is_refused_by_the_header_s_name(api, alice, key):
    assert problem(post(api(alice), NEW, {"title": "Gitane"}, key)) == (400, "invalid", {"Idempotency-Key"})
    assert not Listing.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("key", ["k", "k" * 255, '"8e03978e-40d5-43dd-bc93"', "~ !", "'; DROP TABLE x; --"])
def test_any_visible_text_is_a_key(api, alice, key):
    assert twice(lambda: post(api(alice), NEW, {"title": "Gitane"}, key)) == 201
    assert Listing.objects.count() == 1


def test_a_refusal_is_not_kept_and_its_key_is_free_for_what_is_right(api, alice):
    draft = listings.draft(alice)
    assert post(api(alice), NEW, {"title": "x" * 500}).status_code == 400
    assert post(api(alice), copies_of(listings.listing(alice, status="suspended"))).status_code == 409
    assert upload(api(alice), photos_of(draft), b"<svg/>").status_code == 400
    assert not IdempotencyKey.objects.exists()
    assert upload(api(alice), photos_of(draft), pictures.plain()).status_code == 201
    assert Photo.objects.filter(listing=draft).count() == 1


def test_a_failure_of_ours_is_not_kept(api, alice, settings):
    draft, disk = listings.draft(alice), settings.STORAGES
    with s3.running() as server:
        settings.STORAGES = server.storages()
    assert upload(api(alice), photos_of(draft), pictures.plain()).status_code == 503
    settings.STORAGES = disk
    assert upload(api(alice), photos_of(draft), pictures.plain()).status_code == 201
    assert Photo.objects.count() == 1


def test_what_is_at_work_is_not_begun_again_until_it_has_been_silent_for_long(api, alice):
    draft, content = listings.draft(alice), pictures.plain()
    assert upload(api(alice), photos_of(draft), content).status_code == 201
    # As a request leaves it that was killed before its answer was kept.
    IdempotencyKey.objects.update(status=None, body="")
    Photo.objects.all().delete()

    clock.travel(timedelta(minutes=1, seconds=50))
    assert problem(upload(api(alice), photos_of(draft), content)) == (409, "request_in_progress", set())
    assert not Photo.objects.exists()
    clock.travel(timedelta(seconds=15))
    assert problem(upload(api(alice), photos_of(draft), pictures.plain(colour="red")))[:2] == (422, "key_reused")
    assert twice(lambda: upload(api(alice), photos_of(draft), content)) == 201
    assert Photo.objects.count() == 1


def test_a_key_lives_for_a_day_and_goes_with_its_answer(api, alice):
    post(api(alice), NEW, {"title": "Gitane"})
    clock.travel(timedelta(hours=23, minutes=59))
    assert idempotency.sweep_keys() == 0
    assert post(api(alice), NEW, {"title": "Gitane"}).headers["Idempotent-Replayed"] == "true"
    clock.travel(timedelta(minutes=2))
    assert idempotency.sweep_keys() == 1
    assert post(api(alice), NEW, {"title": "Gitane"}).status_code == 201
    assert Listing.objects.count() == 2


def test_nobody_s_key_is_nobody_s(api, db):
    assert post(api(None), NEW, {"title": "Gitane"}).status_code == 401
    assert not IdempotencyKey.objects.exists()


# --- at the same moment ----------------------------------------------------------------------------------------


def at_once(sends):
    barrier = Barrier(len(sends))

    def run(send):
        try:
            barrier.wait(timeout=10)
            return send()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(run, sends))


def test_the_second_of_two_at_once_waits_for_the_answer_of_the_first(commits, api):
    alice = people.alice()
    for number in range(3):
        url, key = copies_of(listings.listing(alice)), f"key {number}"
        clients = [api(alice) for _ in range(6)]
        answers = at_once([lambda c=c, u=url, k=key: post(c, u, key=k) for c in clients])
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert Listing.objects.count() == 2 * (number + 1)


def test_after_a_refusal_the_next_of_those_at_once_asks_anew(commits, api):
    listing = listings.listing(people.alice(), status="suspended")
    clients = [api(listing.owner) for _ in range(6)]
    answers = at_once([lambda c=c: post(c, copies_of(listing)) for c in clients])
    assert {problem(answer)[:2] for answer in answers} == {(409, "suspended")}
    assert (Listing.objects.count(), IdempotencyKey.objects.count()) == (1, 0)


def test_of_two_uploads_at_once_one_is_told_that_the_other_is_at_work(commits, api):
    draft, content = listings.draft(people.alice()), pictures.phone_photo(2400, 1800)
    clients = [api(draft.owner) for _ in range(4)]
    answers = at_once([lambda c=c: upload(c, photos_of(draft), content) for c in clients])
    made = [answer.json()["id"] for answer in answers if answer.status_code == 201]
    assert set(made) == {str(Photo.objects.get().uuid)}
    assert {problem(one)[:2] for one in answers if one.status_code != 201} <= {(409, "request_in_progress")}
    assert upload(clients[0], photos_of(draft), content).headers["Idempotent-Replayed"] == "true"


def test_of_two_holds_at_once_there_is_one_booking(commits, api):
    body, bob = bookings.body(listings.listing()), people.bob()
    clients = [api(bob) for _ in range(4)]
    answers = at_once([lambda c=c: post(c, "/api/bookings", body) for c in clients])
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert made == {str(Booking.objects.get().uuid)}
    assert {problem(one)[:2] for one in answers if one.status_code != 201} <= {(409, "request_in_progress")}
