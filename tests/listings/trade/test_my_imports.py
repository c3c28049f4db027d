"""POST and GET /api/my/imports, GET and DELETE …/{id}, POST …/{id}/confirm, the template and the export."""

import io
import stat
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bikeens.core import clock
from listings.models import Import, ImportPhoto, Listing, Photo
from listings.trade import work
from tests.factories import listings, people, pictures

TWO = "reference;titre;prix_jour;latitude;longitude\nA;Vélo bleu;18,50;43,1843;3,0031\nB;Vélo rouge;douze;;\n"


def send(client, content, *photos, name="bikes.csv"):
    body = {"file": SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())}
    if photos:
        body["photos"] = [SimpleUploadedFile(name, data) for name, data in photos]
    return client.post("/api/my/imports", body, format="multipart")


def url(made, rest=""):
    return f"/api/my/imports/{made['id']}{rest}"


def worked(made):
    work.work_off(Import.objects.get(uuid=made["id"]).pk)


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_file_is_looked_through_then_brought_in_and_a_second_time_changes_nothing(api, alice):
    client = api(alice)
    made = send(client, TWO)
    assert made.status_code == 201, made.json()
    made = made.json()
    assert (made["state"], made["rows"], made["lines"]) == ("checking", 2, [])

    worked(made)
    checked = client.get(url(made)).json()
    assert checked["state"] == "checked"
    assert checked["counts"] == {"created": 1, "updated": 0, "unchanged": 0, "refused": 1}
    assert [(line["line"], line["outcome"], line["reference"]) for line in checked["lines"]] == [
        (2, "created", "A"),
        (3, "refused", "B"),
    ]
    assert [problem["column"] for problem in checked["lines"][1]["problems"]] == ["prix_jour"]
    assert Listing.objects.count() == 0

    assert client.post(url(made, "/confirm")).json()["state"] == "importing"
    worked(made)
    done = client.get(url(made)).json()
    assert (done["state"], done["counts"]["created"]) == ("done", 1)
    listing = Listing.objects.get()
    assert done["lines"][0]["listing"] == str(listing.uuid)
    assert (listing.title, listing.price_day, listing.status, listing.reference) == ("Vélo bleu", 1850, "draft", "A")
    assert bytes(Import.objects.get().content) == b""

    again = send(client, TWO).json()
    worked(again)
    assert client.get(url(again)).json()["counts"] == {"created": 0, "updated": 0, "unchanged": 1, "refused": 1}
    changed = send(client, TWO.replace("18,50", "19")).json()
    worked(changed)
    client.post(url(changed, "/confirm"))
    worked(changed)
    line = client.get(url(changed)).json()["lines"][0]
    assert (line["outcome"], line["changed"]) == ("updated", ["prix_jour"])
    assert Listing.objects.get().price_day == 1900


def test_the_worker_does_it_by_itself(run_jobs, api):
    alice = people.alice()
    made = send(api(alice), TWO).json()
    run_jobs()
    assert api(alice).get(url(made)).json()["state"] == "checked"
    api(alice).post(url(made, "/confirm"))
    run_jobs()
    assert api(alice).get(url(made)).json()["state"] == "done"


def test_a_report_is_in_the_language_of_whoever_sends_and_of_whoever_confirms(api, alice):
    french, english = {"headers": {"Accept-Language": "fr"}}, {"headers": {"Accept-Language": "en"}}
    body = {"file": SimpleUploadedFile("vélos.csv", TWO.encode("utf-16-le"))}
    made = api(alice).post("/api/my/imports", body, format="multipart", **french).json()
    worked(made)
    line = api(alice).get(url(made)).json()["lines"][1]
    assert line["line"] == 3
    assert line["problems"] == [
        {
            "column": "prix_jour",
            "message": "Écrivez un prix, comme 12.50 ou 12,50, sans séparateur de milliers.",
        }
    ]
    api(alice).post(url(made, "/confirm"), **english)
    worked(made)
    assert api(alice).get(url(made)).json()["lines"][1]["problems"][0]["message"] == (
        "Write a price, such as 12.50 or 12,50, without a separator of thousands."
    )


def test_one_import_at_a_time(api, alice, bob):
    made = send(api(alice), TWO).json()
    answer = send(api(alice), TWO)

    assert (answer.status_code, answer.json()["code"]) == (409, "import_at_work")
    assert api(alice).post(url(made, "/confirm")).json()["code"] == "not_checked"
    assert Import.objects.count() == 1
    assert send(api(bob), TWO).status_code == 201
    assert api(alice).delete(url(made)).status_code == 204
    assert send(api(alice), TWO).status_code == 201


def test_only_its_owner_sees_an_import(api, alice, bob, carol):
    made = send(api(alice), TWO).json()
    for person, status in ((bob, 404), (carol, 404), (None, 401)):
        client = api(person)
        assert client.get(url(made)).status_code == status
        assert client.post(url(made, "/confirm")).status_code == status
        assert client.delete(url(made)).status_code == status
    assert send(api(None), TWO).status_code == 401
    assert api(None).get("/api/my/imports").status_code == 401
    assert api(None).get("/api/my/imports/template").status_code == 401
    assert api(None).get("/api/my/listings/export").status_code == 401
    assert api(bob).get("/api/my/imports").json()["results"] == []
    assert len(api(alice).get("/api/my/imports").json()["results"]) == 1
    assert api(alice).get(f"/api/my/imports/{uuid.uuid4()}").status_code == 404
    assert Import.objects.get().state == "checking"


def test_an_export_holds_ones_own_listings_alone(api, alice, bob):
    mine = listings.listing(alice, title="=HYPERLINK(1)", photos=1)
    listings.listing(bob, title="Bob's")
    answer = api(alice).get("/api/my/listings/export", headers={"Accept-Language": "fr"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert "'=HYPERLINK(1)" in text
    assert mine.frame_number in text
    assert "Bob" not in text
    assert text.startswith("référence;statut;titre")
    assert len(b"".join(api(bob).get("/api/my/listings/export").streaming_content).splitlines()) == 2


def test_anothers_reference_is_never_touched(api, alice, bob):
    theirs = listings.listing(bob, reference="A")
    nameless = listings.draft(bob)
    made = send(api(alice), f"reference,title\nA,Mine\n{nameless.uuid},Mine too\n").json()
    worked(made)
    api(alice).post(url(made, "/confirm"))
    worked(made)

    assert set(Listing.objects.filter(owner=alice).values_list("title", flat=True)) == {"Mine", "Mine too"}
    theirs.refresh_from_db()
    assert theirs.title == "Gitane with a basket"
    assert Listing.objects.filter(owner=bob).count() == 2


def test_photos_come_from_uploads_and_archives_and_a_bad_one_takes_its_row_along(api, alice, settings):
    rows = "reference,title,photos\nA,One,a.jpg; B.JPG\nB,Two,bad.jpg\nC,Three,nowhere.jpg\nD,Four,../a.jpg\n"
    archive = zipped({"shop/b.jpg": pictures.plain(colour="red"), "__MACOSX/._b.jpg": b"x", "bad.jpg": b"no picture"})
    made = send(api(alice), rows, ("a.jpg", pictures.plain()), ("all.zip", archive))
    assert made.status_code == 201, made.json()
    made = made.json()
    worked(made)
    assert api(alice).get(url(made)).json()["counts"]["refused"] == 3
    assert not list(settings.MEDIA_ROOT.rglob("*.webp"))
    api(alice).post(url(made, "/confirm"))
    worked(made)

    lines = api(alice).get(url(made)).json()["lines"]
    assert [line["outcome"] for line in lines] == ["created", "refused", "refused", "refused"]
    assert {line["problems"][0]["column"] for line in lines[1:]} == {"photos"}
    assert Listing.objects.get().title == "One"
    assert Photo.objects.count() == 2
    assert ImportPhoto.objects.count() == 0
    assert len(list(settings.MEDIA_ROOT.rglob("*.webp"))) == sum(len(photo.widths) for photo in Photo.objects.all())


def link():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("link.jpg")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def lzma():
    """Packed by a method whose own errors nobody told about, and damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.jpg", bytes(range(256)) * 40)
    content = bytearray(out.getvalue())
    content[50:90] = bytes(255 - byte for byte in content[50:90])
    return bytes(content)


UNFAIR = {
    "lzma": (lzma, 400),
    "entries without end": (lambda: b"PK\x03\x04" + b"PK\x01\x02" * 2001, 413),
    "way up": (lambda: zipped({"../../etc/cron": b"x"}), 400),
    "absolute": (lambda: zipped({"/etc/passwd": b"x"}), 400),
    "backslashes": (lambda: zipped({"..\\a.jpg": b"x"}), 400),
    "link": (link, 400),
    "nested": (lambda: zipped({"in.zip": zipped({"a.jpg": b"x"})}), 400),
    "twice": (lambda: zipped({"a/x.jpg": b"x", "b/X.jpg": b"y"}), 400),
    "truncated": (lambda: zipped({"a.jpg": bytes(1000)})[:60], 400),
    "bomb": (lambda: zipped({f"{number}.jpg": bytes(14 * 1024 * 1024) for number in range(6)}), 413),
    "one large": (lambda: zipped({"a.jpg": bytes(16 * 1024 * 1024)}), 413),
    "many": (lambda: zipped({f"{number}.jpg": b"x" for number in range(1001)}), 413),
}


@pytest.mark.parametrize("name", UNFAIR)
def test_an_unfair_archive_is_refused(api, alice, name):
    content, status = UNFAIR[name]
    answer = send(api(alice), TWO, ("photos.zip", content()))

    assert (answer.status_code, list(answer.json()["fields"])) == (status, ["photos"])
    assert Import.objects.count() == 0


def test_a_name_that_grows_when_it_is_folded_is_refused(api, alice):
    answer = send(api(alice), TWO, ("ß" * 190 + ".jpg", pictures.plain()))

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["photos"])


def test_a_header_with_a_nul_is_no_column_of_ours(api, alice):
    answer = send(api(alice), "reference,title,price_day\0\nA,B,twelve\n")

    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_column")


def test_requests_that_are_none_are_refused(api, alice):
    client = api(alice)

    assert list(client.post("/api/my/imports", {}, format="multipart").json()["fields"]) == ["file"]
    assert client.post("/api/my/imports", {"file": "text"}, format="multipart").status_code == 400
    assert client.post("/api/my/imports", {"file": "x"}, format="json").status_code == 415
    wrong = client.post("/api/my/imports", {"file": SimpleUploadedFile("a", b"x"), "what": "1"}, format="multipart")
    assert wrong.status_code == 400
    assert client.get("/api/my/imports?cursor=nonsense").status_code == 400
    assert Import.objects.count() == 0


def test_reports_go_after_a_month_and_unconfirmed_files_after_a_day(api, alice, bob):
    worked(send(api(alice), TWO).json())
    kept = send(api(bob), TWO).json()
    worked(kept)
    api(bob).post(url(kept, "/confirm"))
    worked(kept)
    clock.travel(timedelta(days=2))
    assert work.sweep_imports() == 1
    assert Import.objects.get().owner == bob
    clock.travel(timedelta(days=29))
    assert work.sweep_imports() == 1
    assert Listing.objects.count() == 1
