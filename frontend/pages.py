"""The page table (pages.json), shared with the app's router: the one list of page names and addresses."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE = Path(__file__).resolve().parent
PAGES: Final[dict[str, str]] = json.loads((HERE / "pages.json").read_text())

# Open to everybody and the same for everybody: these are found by search engines, the others say noindex.
PUBLIC: Final = frozenset({"home", "search", "listing", "how", "help", "terms", "privacy", "imprint"})
# Only to be read; their words are the message area "texts".
PLAIN: Final = ("how", "help", "terms", "privacy", "imprint")


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What the first paint of a page needs of the built app, so that the head can ask for all of it at once."""

    source: str
    areas: tuple[str, ...]


FIRST_SCREENS: Final[dict[str, FirstScreen]] = {
    "home": FirstScreen("src/screens/home/Home.svelte", ("home",)),
    "search": FirstScreen("src/screens/search/Search.svelte", ("search",)),
    "listing": FirstScreen("src/screens/listing/Listing.svelte", ("listing",)),
}
