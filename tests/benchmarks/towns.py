"""Where people live, and so bikes: towns of the places table, weighted."""

from listings.geo import to_latlon
from listings.models import Place
from tests.benchmarks.bikes import Town, Towns

# Shares of the listings by country; within one, towns weigh as much as their people.
COUNTRIES = {
    "FR": 0.85,
    **dict.fromkeys(("BE", "CH", "DE", "ES", "IT"), 0.022),
    **dict.fromkeys(("LU", "NL", "PT", "GB"), 0.005),
    **dict.fromkeys(("RE", "GP", "MQ", "CA"), 0.005),
}
# French towns of this kind are parts of another one that is there, too.
QUARTER = "Paris "


def towns_of_people() -> Towns:
    rows = list(Place.objects.filter(country__in=COUNTRIES, population__gt=0).order_by("id"))
    rows = [row for row in rows if not row.name.startswith(QUARTER)]
    people = dict.fromkeys(COUNTRIES, 0)
    for row in rows:
        people[row.country] += row.population
    return Towns(
        [
            Town(
                name=row.name,
                zone=row.time_zone,
                point=to_latlon(row.point),
                weight=COUNTRIES[row.country] * row.population / people[row.country],
                # Some 4,000 people on each square kilometre of a large town, fewer in a small one.
                radius_m=max(500.0, 5.0 * row.population**0.5),
            )
            for row in rows
        ]
    )
