"""manage.py import_listings: whose bikes, a dry run, photos of a folder, the report's language, what can't be read."""

import pytest
from django.core.management import CommandError, call_command

from listings.models import Import, Listing, Photo
from tests.factories import listings, people, pictures
from tests.listings.trade.report import report

TWO = "reference,title,price_day\nA,One,18\nB,Two,twelve\n"


def test_created_updated_unchanged_and_refused(alice, tmp_path):
    assert report(tmp_path, TWO) == [
        "line 2: created A",
        "line 3: refused B",
        "  price_day: Write a price, such as 12.50 or 12,50, without a separator of thousands.",
        "created: 1, updated: 0, unchanged: 0, refused: 1",
        "Some rows were refused.",
    ]
    assert report(tmp_path, TWO.replace("One", "Uno").replace("twelve", "12"), "--photos", str(tmp_path)) == [
        "line 2: updated A",
        "  differs: title",
        "line 3: created B",
        "created: 1, updated: 1, unchanged: 0, refused: 0",
    ]
    assert report(tmp_path, TWO.replace("One", "Uno").replace("twelve", "12"))[-1] == (
        "created: 0, updated: 0, unchanged: 2, refused: 0"
    )
    assert list(Listing.objects.order_by("pk").values_list("reference", "title", "price_day", "status")) == [
        ("A", "Uno", 1800, "draft"),
        ("B", "Two", 1200, "draft"),
    ]


def test_the_exit_code_tells_refused_rows_from_a_file_that_can_t_be_read(alice, tmp_path):
    file = tmp_path / "bikes.csv"
    codes = []
    for content in (TWO, "title\nA\n"):
        file.write_text(content)
        with pytest.raises(CommandError) as ended:
            call_command("import_listings", str(file), "--owner", alice.email)
        codes.append(ended.value.returncode)
    assert codes == [3, 1]


def test_a_dry_run_says_the_same_and_writes_nothing(alice, tmp_path, settings):
    listings.listing(alice, reference="C", title="As it was", photos=0, status="paused")
    (tmp_path / "a.jpg").write_bytes(pictures.plain(400, 300))
    (tmp_path / "b.jpg").write_bytes(b"no picture")
    content = "reference,title,photos\nA,One,a.jpg\nB,Two,b.jpg\nC,Three,A.JPG\n"
    rows = [
        "line 2: created A",
        "line 3: refused B",
        "  photos: b.jpg: This file can't be read as a picture. Choose a JPEG, PNG, WebP or HEIC photo.",
        "line 4: updated C",
        "  differs: title, photos",
        "created: 1, updated: 1, unchanged: 0, refused: 1",
    ]
    tried = report(tmp_path, content, "--photos", str(tmp_path), "--dry-run")

    assert tried == [*rows, "Nothing was written: leave --dry-run out to do it.", "Some rows were refused."]
    assert list(Listing.objects.values_list("reference", "title")) == [("C", "As it was")]
    assert (Photo.objects.count(), Import.objects.count(), settings.MEDIA_ROOT.exists()) == (0, 0, False)

    assert report(tmp_path, content, "--photos", str(tmp_path)) == [*rows, "Some rows were refused."]
    assert (Listing.objects.count(), Photo.objects.count()) == (2, 2)


def test_without_an_owner_each_row_says_whose_it_is(alice, bob, tmp_path):
    listings.listing(bob, reference="A", title="As it was", status="paused")
    content = (
        "reference;propriétaire;title\n"
        "A;alice@example.com;Hers\n"
        "A; Bob@Example.com;His\n"
        "A;bob@example.com;Twice\n"
        "B;nobody@example.com;Nobody's\n"
        "C;;Nobody's\n"
    )
    assert report(tmp_path, content, owner="") == [
        "line 2: created A",
        "line 3: updated A",
        "  differs: title",
        "line 4: refused A",
        "  reference: Line 3 has the same reference.",
        "line 5: refused B",
        "  propriétaire: Nobody has the address “nobody@example.com”.",
        "line 6: refused C",
        "  propriétaire: Nobody has the address “”.",
        "created: 1, updated: 1, unchanged: 0, refused: 3",
        "Some rows were refused.",
    ]
    assert set(Listing.objects.values_list("owner__name", "reference", "title")) == {
        ("Alice", "A", "Hers"),
        ("Bob", "A", "His"),
    }


def test_an_owner_s_file_can_t_say_that_it_is_somebody_else_s(alice, bob, tmp_path):
    content = "reference,owner,title\nA,bob@example.com,Mine\n"
    assert report(tmp_path, content) == ["Line 1: there is no column “owner”. The template has all there are."]
    assert report(tmp_path, TWO, owner="") == ["Say whose bikes these are: by --owner, or in a column “owner”."]
    assert Listing.objects.count() == 0


def test_the_report_is_in_the_language_that_was_asked_for(alice, tmp_path):
    content = "référence;titre;prix_jour\nA;Un;18\nB;Deux;douze\nC;Trois\nA;Quatre;3\n"
    assert report(tmp_path, content, "--language", "fr", "--dry-run") == [
        "ligne 2\u00a0: créé A",
        "ligne 3\u00a0: refusé B",
        "  prix_jour\u00a0: Écrivez un prix, comme 12.50 ou 12,50, sans séparateur de milliers.",
        "ligne 4\u00a0: refusé C",
        "  Cette ligne a 2 cellules, les titres 3.",
        "ligne 5\u00a0: refusé A",
        "  référence\u00a0: La ligne 2 porte la même référence.",
        "créé\u00a0: 1, modifié\u00a0: 0, inchangé\u00a0: 0, refusé\u00a0: 3",
        "Rien n’a été écrit\u00a0: enlevez --dry-run pour le faire.",
        "Des lignes ont été refusées.",
    ]
    assert report(tmp_path, "titre\nA\n", "--language", "fr") == [
        "La ligne 1 doit nommer les colonnes, dont «\u00a0référence\u00a0». Le modèle montre comment."
    ]


def test_what_is_not_there_is_said(alice, tmp_path):
    assert report(tmp_path, TWO, owner="carol@example.com") == ["Nobody has the address “carol@example.com”."]
    people.person("Dora", is_active=False)
    assert report(tmp_path, TWO, owner="dora@example.com") == ["Nobody has the address “dora@example.com”."]
    assert report(tmp_path, TWO, "--photos", "/nowhere") == ["There is no folder /nowhere."]
    with pytest.raises(CommandError, match=r"^/nowhere\.csv can't be read: No such file or directory\.$"):
        call_command("import_listings", "/nowhere.csv", "--owner", alice.email)
    assert Listing.objects.count() == 0
