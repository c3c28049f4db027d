"""Photos of an import: all twelve replaced at once; stored and deleted outside any transaction; nobody else's."""

from django.core.files.storage import FileSystemStorage
from django.db import connection

from listings.limits import MOST_PHOTOS
from listings.models import Listing, Photo
from listings.trade.work import bring_in
from tests.factories import listings, people, pictures
from tests.listings.trade.test_my_imports import send, url, worked


class Watched(FileSystemStorage):
    """A disk that remembers whether somebody wrote or deleted while a transaction was open."""

    within: list[bool] = []

    def _save(self, name, content):
        self.within.append(connection.in_atomic_block)
        return super()._save(name, content)

    def delete(self, name):
        self.within.append(connection.in_atomic_block)
        super().delete(name)


def watched(settings):
    Watched.within = []
    ours = {"BACKEND": f"{__name__}.{Watched.__name__}"}
    settings.STORAGES = settings.STORAGES | {"default": ours}
    return Watched.within


def picture(number):
    return pictures.plain(400, 300, (number * 9, 90, 200))


def named(folder, numbers):
    """Files of these pictures; returns the cell that names them."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.jpg").write_bytes(picture(number))
    return "; ".join(f"{number}.jpg" for number in numbers)


def brought(owner, folder, *rows):
    content = "\n".join(["reference,title,photos,status", *rows]).encode()
    lines = list(bring_in(owner=owner, content=content, folder=folder, dry_run=False))
    return [(line.outcome, [problem.message for problem in line.errors], line.changed) for line in lines]


def files_of(settings):
    return {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*.webp")}


def files_of_rows():
    return {name for photo in Photo.objects.all() for name in photo.files()}


def test_all_twelve_are_replaced_at_once_on_a_published_bike(commits, tmp_path, settings):
    alice = people.alice()
    bike = listings.listing(alice, reference="A", photos=0, status="paused")
    first, second = range(12), range(12, 24)
    assert len(first) == MOST_PHOTOS
    folder = tmp_path / "photos"
    assert brought(alice, folder, f"A,One,{named(folder, first)},") == [("updated", [], ("title", "photos"))]
    Listing.objects.filter(pk=bike.pk).update(status="published")
    before = files_of(settings)

    row = f"A,One,{named(folder, second)},published"
    assert brought(alice, folder, row) == [("updated", [], ("photos",))]

    kept = list(Photo.objects.filter(listing=bike))
    assert [photo.position for photo in kept] == list(range(12))
    assert files_of(settings) == files_of_rows()
    assert len(files_of(settings)) == 24
    assert not files_of(settings) & before
    assert brought(alice, folder, row) == [("unchanged", [], ())]
    assert set(Photo.objects.values_list("pk", flat=True)) == {photo.pk for photo in kept}


def test_some_stay_some_go_some_come_and_the_order_follows(commits, tmp_path, settings):
    alice = people.alice()
    listings.listing(alice, reference="A", photos=0, status="paused")
    folder = tmp_path / "photos"
    brought(alice, folder, f"A,One,{named(folder, range(12))},")
    kept = {photo.digest: photo.pk for photo in Photo.objects.all()}
    wanted = [11, 20, *range(1, 11)]

    assert brought(alice, folder, f"A,One,{named(folder, wanted)},") == [("updated", [], ("photos",))]

    digests = list(Photo.objects.order_by("position").values_list("digest", flat=True))
    brought(alice, folder, f"A,One,{named(folder, wanted)},")
    assert len(digests) == len(set(digests)) == 12
    assert [kept.get(digest) is not None for digest in digests] == [True, False, *[True] * 10]
    assert files_of(settings) == files_of_rows()


def test_thirteen_are_refused_and_nothing_is_stored(commits, tmp_path, settings):
    alice = people.alice()
    folder = tmp_path / "photos"

    assert brought(alice, folder, f"A,One,{named(folder, range(13))},") == [
        ("refused", ["At most 12 photos: remove one first."], ())
    ]
    assert (Listing.objects.count(), files_of(settings)) == (0, set())


def test_no_file_is_written_or_deleted_while_a_transaction_is_open(commits, api, settings):
    alice = people.alice()
    listings.listing(alice, reference="A", photos=0, status="paused")
    row = 'reference,title,photos,status\nA,One,"a.jpg; b.jpg",\nB,Two,"c.jpg; d.jpg",published\n'
    within = watched(settings)

    def imported(first):
        made = send(api(alice), row, *((f"{name}.jpg", picture(first + at)) for at, name in enumerate("abcd"))).json()
        worked(made)
        looked = len(within)
        api(alice).post(url(made, "/confirm"))
        worked(made)
        lines = api(alice).get(url(made)).json()["lines"]
        assert [line["outcome"] for line in lines] == ["updated", "refused"]
        assert files_of(settings) == files_of_rows()
        return looked

    # Two pictures of two sizes for the row that is kept; as many for the one that is refused, and gone again.
    assert imported(0) == 0
    assert within == [False] * (8 + 4)
    # Once more, and those of before go.
    assert imported(10) == 12
    assert within == [False] * (12 + 12 + 4)


def test_a_photo_that_is_another_owners_is_not_found_by_its_digest(commits, tmp_path, settings):
    alice, bob = people.alice(), people.bob()
    folder = tmp_path / "photos"
    brought(bob, folder, f"A,Theirs,{named(folder, [1])},")
    theirs = Photo.objects.get()

    assert brought(alice, None, f"A,Mine,sha256-{theirs.digest},") == [
        ("refused", [f"“sha256-{theirs.digest}” was not sent along."], ())
    ]
    assert list(Listing.objects.values_list("owner", flat=True)) == [bob.pk]
