"""The frame around every page, and its fields. Everything that comes from outside is escaped."""

from html import escape
from http import HTTPStatus

from payments.sandbox.pages.texts import LANGUAGES, Texts
from payments.sandbox.wire import Answer

BIKE = '<img src="/_pages/bike.svg" alt="" width="36" height="22">'
# Drawn in the site's manner, for pages with little to say.
SCENE = '<img class="scene" src="/_pages/scene.svg" alt="" width="350" height="190">'


def page(language: str, title: str, inside: str, *, back: str | None = None, status: int = HTTPStatus.OK) -> Answer:
    """One page; `inside` is ready HTML, `back` the address the way back leads to."""
    texts = LANGUAGES[language]
    way_back = (
        f'<a class="back" href="{escape(back)}"><span aria-hidden="true">←</span> {escape(texts["back"])}</a>'
        if back
        else "<span></span>"
    )
    body = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{escape(title)} · {escape(texts["local"].partition(":")[0].strip())}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_pages/style.css">
<script type="module" src="/_pages/card.js"></script>
</head>
<body>
<header class="local">{escape(texts["local"])}</header>
<main>
<div class="top">{way_back}<span class="brand">{BIKE}bikeens</span></div>
{inside}
</main>
<footer>{escape(texts["local_more"])}</footer>
</body>
</html>
"""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; "
            "frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
    }
    return Answer(int(status), body.encode(), headers)


def redirect(url: str) -> Answer:
    """Send the browser on, with GET."""
    return Answer(HTTPStatus.SEE_OTHER, b"", {"Location": url, "Cache-Control": "no-store"})


def field(
    texts: Texts,
    name: str,
    values: dict[str, str],
    wrong: dict[str, str],
    *,
    type: str = "text",
    hint: str | None = None,
    focus: bool = False,
    **attributes: str,
) -> str:
    """A labelled input that keeps what was typed and says what is wrong with it, to the eye and to a screen reader."""
    # What is wrong says more than the hint, which makes room for it.
    hint = None if name in wrong else hint
    described = [f"{name}-wrong"] if name in wrong else []
    described += [f"{name}-hint"] if hint else []
    parts = [f'id="{name}"', f'name="{name}"', f'type="{type}"', f'value="{escape(values.get(name, ""))}"']
    parts += [f'{key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items()]
    if described:
        parts.append(f'aria-describedby="{" ".join(described)}"')
    if name in wrong:
        parts.append('aria-invalid="true"')
    if focus or next(iter(wrong), None) == name:
        parts.append("autofocus")
    below = f'<span class="wrong" id="{name}-wrong">{escape(texts[wrong[name]])}</span>' if name in wrong else ""
    below += f'<span class="hint" id="{name}-hint">{escape(hint)}</span>' if hint else ""
    return f'<div class="field"><label for="{name}">{escape(texts[name])}</label><input {" ".join(parts)}>{below}</div>'


def alert(title: str, text: str, *, focus: bool) -> str:
    """What went wrong, read out at once; `focus` puts the keyboard on it."""
    attributes = ' tabindex="-1" autofocus' if focus else ""
    return f'<div class="alert" role="alert"{attributes}><h2>{escape(title)}</h2><p>{escape(text)}</p></div>'
