"""The built app's files, by Vite's manifest: which hashed file is the entry, and what it needs at once."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

from django.conf import settings

from frontend.pages import FIRST_SCREENS, HERE

BUILT = HERE / "static" / "app"
MANIFEST = BUILT / ".vite" / "manifest.json"
ENTRY = "src/main.ts"
FONT = "bricolage-grotesque-latin-wght-normal.woff2"


class Chunk(TypedDict):
    file: str
    imports: NotRequired[list[str]]
    css: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Files:
    """Addresses for the head: `preload` and `styles` in the order they are needed."""

    entry: str
    preload: tuple[str, ...]
    texts: tuple[str, ...]
    styles: tuple[str, ...]
    font: str


_read: tuple[float, dict[str, Chunk]] = (0.0, {})


def manifest() -> dict[str, Chunk]:
    """Read again when a build wrote it anew. Empty before the first build."""
    global _read
    if not MANIFEST.exists():
        return {}
    written = MANIFEST.stat().st_mtime
    if written != _read[0]:
        _read = (written, json.loads(Path(MANIFEST).read_text()))
    return _read[1]


def files_of(page: str, language: str) -> Files | None:
    """What `page` loads first, its screen and its texts included; None when nothing is built."""
    chunks = manifest()
    if ENTRY not in chunks:
        return None
    wanted = [ENTRY, f"src/messages/{language}/common.json"]
    if page in FIRST_SCREENS:
        first = FIRST_SCREENS[page]
        wanted += [first.source, *(f"src/messages/{language}/{area}.json" for area in first.areas)]
    seen: dict[str, Chunk] = {}
    for key in wanted:
        _collect(key, chunks, seen)
    entry = chunks[ENTRY]["file"]
    scripts = [chunk["file"] for chunk in seen.values() if chunk["file"].endswith(".js")]
    styles = dict.fromkeys(style for chunk in seen.values() for style in chunk.get("css", []))
    font = next((chunk["file"] for key, chunk in chunks.items() if key.endswith(FONT)), "")
    return Files(
        entry=_address(entry),
        preload=tuple(_address(file) for file in scripts if file != entry),
        texts=tuple(_address(chunk["file"]) for chunk in seen.values() if chunk["file"].endswith(".json")),
        styles=tuple(_address(file) for file in styles),
        font=_address(font) if font else "",
    )


def _collect(key: str, chunks: dict[str, Chunk], seen: dict[str, Chunk]) -> None:
    if key in seen or key not in chunks:
        return
    seen[key] = chunks[key]
    for imported in chunks[key].get("imports", []):
        _collect(imported, chunks, seen)


def _address(file: str) -> str:
    return f"{settings.STATIC_URL}app/{file}"
