"""The drawn pictures: the same every time, complete, light, and from nowhere else."""

import re
from pathlib import Path
from xml.parsers import expat

import pytest
from django.conf import settings
from django.core.management import call_command

from bikeens.demo.drawing.build import CATEGORIES
from bikeens.demo.drawing.catalogue import COLOURS, Picture, pictures
from bikeens.demo.drawing.geometry import CITY, FOLDING, ROAD, points
from bikeens.demo.drawing.icon import ICONS
from bikeens.demo.drawing.ink import Dice, lighter, num
from bikeens.demo.drawing.picture import draw_bike
from bikeens.demo.drawing.raster import render, webp_files
from bikeens.demo.drawing.scenes import PAINTERS
from bikeens.demo.drawing.statics import DRAWINGS

ADDRESS = re.compile(r'(?:href|src)="(?!#)|url\((?!#)|https?://(?!www\.w3\.org/2000/svg)|<script|<image|<text|@import')
NAMED = re.compile(r'(?:href="#|url\(#)([a-z-]+)')


def read(svg: str) -> tuple[dict[str, str], list[str]]:
    """The root's attributes and every id, from a real XML parser; raises on anything not well formed."""
    elements: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: elements.append((name, attributes))
    parser.Parse(svg, True)
    name, root = elements[0]
    assert name == "http://www.w3.org/2000/svg svg"
    return root, [attributes["id"] for _, attributes in elements if "id" in attributes]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_six_pictures_or_more(category):
    assert len([picture for picture in pictures() if picture.category == category]) >= 6


def test_every_scene_is_used_and_no_slug_twice():
    assert {picture.scene for picture in pictures()} == set(PAINTERS)
    slugs = [picture.slug for picture in pictures()]
    assert len(slugs) == len(set(slugs))
    assert 55 <= len(slugs) <= 70


def test_slugs_name_category_colour_and_scene():
    first = pictures()[0]
    assert (first.slug, first.alt_en, first.alt_fr) == (
        "city-pine-quay",
        "A dark green city bike on a canal quay",
        "Un vélo de ville vert sapin sur le quai d’un canal",
    )


def test_electric_pictures_say_so():
    electric = [picture for picture in pictures() if picture.electric]
    assert len(electric) >= 15
    for picture in electric:
        assert "-electric-" in picture.slug
        assert " electric " in picture.alt_en
        assert " électrique" in picture.alt_fr


@pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.slug)
def test_a_picture_is_sound(picture: Picture):
    svg = picture.svg()
    root, names = read(svg)
    assert (root["width"], root["height"]) == ("1600", "1200")
    assert len(svg) < 40_000
    assert ADDRESS.search(svg) is None
    assert COLOURS[picture.colour].frame in svg
    assert len(names) == len(set(names))
    assert set(NAMED.findall(svg)) <= set(names)
    assert not re.search(r"nan|inf|\de[-+]?\d", re.sub(r"#[0-9a-f]+", "", svg))
    assert svg == picture.svg()


def test_pictures_differ():
    drawn = {picture.svg() for picture in pictures()}
    assert len(drawn) == len(pictures())


@pytest.mark.parametrize("category", CATEGORIES)
def test_electric_colour_scene_and_seed_change_the_drawing(category):
    plain = draw_bike(category, "#0e4d3f", "park")
    assert plain == draw_bike(category, "#0e4d3f", "park")
    assert plain != draw_bike(category, "#0e4d3f", "park", electric=True)
    assert plain != draw_bike(category, "#c8401b", "park")
    assert plain != draw_bike(category, "#0e4d3f", "sea")
    assert plain != draw_bike(category, "#0e4d3f", "park", seed=1)


def test_a_picture_becomes_pixels():
    image = render(draw_bike("city", "#c8401b", "sea"), 400)
    assert (image.mode, image.size) == ("RGB", (400, 300))
    colours = image.getcolors(maxcolors=120_000)
    assert colours is not None
    assert len(colours) > 500


def test_the_frame_is_seen_in_its_colour():
    image = render(draw_bike("city", "#c8401b", "sea"), 800)
    pixels = image.getcolors(maxcolors=480_000) or []
    assert {colour: count for count, colour in pixels}.get((0xC8, 0x40, 0x1B), 0) > 1_000


def test_files_come_in_order_from_several_processes():
    svgs = [picture.svg() for picture in pictures()[:3]]
    files = list(webp_files(svgs, 160, processes=2))
    assert [file[:4] + file[8:12] for file in files] == [b"RIFFWEBP"] * 3
    assert files == list(webp_files(svgs, 160, processes=1))


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_page_drawing_is_sound_and_light(name):
    svg = DRAWINGS[name]()
    _, names = read(svg)
    assert len(svg.encode()) < 40_000
    assert ADDRESS.search(svg) is None
    assert len(names) == len(set(names))
    assert set(NAMED.findall(svg)) <= set(names)


def test_hero_and_social_card_have_their_shapes():
    assert 'width="1600" height="900"' in DRAWINGS["hero-quay"]()[:200]
    assert 'width="1200" height="630"' in DRAWINGS["social"]()[:200]


def test_icons_are_square():
    for draw in ICONS.values():
        assert 'viewBox="0 0 512 512"' in draw()


def test_the_command_writes_what_the_pages_have(tmp_path):
    call_command("draw_scenes", to=tmp_path, verbosity=0)
    public = Path(settings.BASE_DIR) / "frontend" / "app" / "public"
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.svg"))
    assert len(written) == len(DRAWINGS) + len(ICONS)
    for path in written:
        assert (tmp_path / path).read_bytes() == (public / path).read_bytes(), f"run manage.py draw_scenes: {path}"


def test_geometry_follows_the_chart():
    for chart, wheelbase in ((CITY, 1130), (ROAD, 990), (FOLDING, 1020)):
        p = points(chart)
        assert abs((p.front - p.rear).real - wheelbase) < 15
        assert abs(p.bb - p.rear) == pytest.approx(chart.chainstay)
        assert p.bb.imag == pytest.approx(-chart.rear + chart.drop)
        assert p.front.imag == pytest.approx(-chart.front)


def test_dice_fall_the_same_everywhere():
    dice = Dice("quay", 3)
    assert [round(dice.roll(), 6) for _ in range(3)] == [0.064314, 0.621812, 0.196476]
    assert 2 <= Dice(1).between(2, 3) < 3


def test_numbers_are_short():
    assert [num(value) for value in (0.04, -0.02, 12.0, 3.14159, -7.25)] == ["0", "0", "12", "3.1", "-7.2"]
    assert lighter("#000000", 1) == "#fff8ea"
