"""Départements and postcodes of French towns, which GeoNames' package does not have. Pure.

`communes.tsv` is written by frontend/app/tools/communes.mjs from the npm package @etalab/decoupage-administratif
(INSEE, La Poste; Licence Ouverte 2.0): départements, an empty line, then communes with 250 inhabitants and more, the
arrondissements of Paris, Lyon and Marseille, and the names of communes that became part of another.
"""

import math
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from listings.places.names import fold

DATA = Path(__file__).with_name("communes.tsv")
# GeoNames calls them countries, INSEE regions.
OVERSEAS = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06"}
# "Lyon 03", "Paris 15 Vaugirard" are Lyon 3e and Paris 15e Arrondissement there.
_PART = re.compile(r"^(Paris|Lyon|Marseille) (\d\d)\b")
# People write these though no letter box has them.
_USUAL = {"Paris": "75000", "Lyon": "69000", "Marseille": "13000"}
# Of several communes of one name in one region, the one whose number of inhabitants fits: within this factor, the next
# best at least twice as far off.
_FITS = math.log(1.6)


class Commune(NamedTuple):
    department_code: str
    department: str
    population: int
    postcodes: tuple[str, ...]


class Communes:
    """Every commune by its region and folded name."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[Commune]] = defaultdict(list)
        head, lines = DATA.read_text(encoding="utf-8").split("\n\n")
        departments = {code: (name, region) for code, name, region in map(_cells, head.splitlines()[1:])}
        for code, name, population, postcodes in map(_cells, lines.splitlines()):
            department, region = departments[code]
            if name in _USUAL:
                # Its arrondissements have the postcodes.
                postcodes = _USUAL[name]
            commune = Commune(code, department, int(population), tuple(postcodes.split()))
            self._found[region, fold(name)].append(commune)

    def of(self, *, name: str, country: str, region_code: str, population: int) -> Commune | None:
        """The commune that GeoNames' place is by name and region; None without one, and when more than one fits."""
        region = OVERSEAS.get(country, region_code if country == "FR" else "")
        part = _PART.match(name)
        if part:
            number = int(part[2])
            name = f"{part[1]} {number}{'er' if number == 1 else 'e'} Arrondissement"
        found = self._found.get((region, fold(name)), [])
        if len(found) <= 1:
            return found[0] if found else None
        by_fit = sorted((_apart(commune.population, population), commune) for commune in found)
        (best, commune), (second, _other) = by_fit[:2]
        return commune if best < _FITS and second > 2 * best else None


def _apart(one: int, other: int) -> float:
    return abs(math.log((one + 1) / (other + 1)))


def _cells(line: str) -> list[str]:
    return line.split("\t")
