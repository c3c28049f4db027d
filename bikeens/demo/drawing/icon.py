"""The app's icon: a bicycle in a few strokes."""

from collections.abc import Callable

from bikeens.demo.drawing.ink import box, disc, group, ring, stroke


def _mark() -> str:
    """The bicycle on 512 x 512."""
    paper, ember = "#faf6ee", "#ff8a5f"
    return group(
        ring(complex(142, 322), 84, paper, 28),
        ring(complex(370, 322), 84, "#f4b63f", 28),
        stroke("M142 322h98l92 -118M240 322l-50 -138M142 322l66 -92h112", ember, 28),
        stroke("M370 322l-56 -164h48q26 0 26 -24", paper, 28),
        stroke("M150 176h72", paper, 30),
        disc(complex(240, 322), 26, paper),
        fill="none",
        transform="translate(0 -14)",
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def _document(content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">{content}</svg>'


def icon() -> str:
    """The icon with round corners."""
    return _document(box(0, 0, 512, 512, "#0e4d3f", rx=116) + _mark())


def icon_maskable() -> str:
    """The icon to the edges, its mark inside the safe circle."""
    return _document(box(0, 0, 512, 512, "#0e4d3f") + group(_mark(), transform="translate(38 30)scale(.85)"))


ICONS: dict[str, Callable[[], str]] = {"icon": icon, "icon-maskable": icon_maskable}
