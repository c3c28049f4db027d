from django.contrib.postgres.fields import ArrayField
from django.db import models

from listings.grid import HIGHEST, LOWEST


class MapCell(models.Model):
    """The published bikes of one cell of the map's grid, one row per currency. Written by `actions.map_cells` alone.

    All of it follows from public points. `kinds` are numbers of (category, electric, instant), ascending, as
    `listings.kinds` gives them; `kind_bikes` and `kind_prices` are their counts and lowest day prices.
    """

    pk = models.CompositePrimaryKey("zoom", "tile", "cell", "currency")
    zoom = models.SmallIntegerField()
    tile = models.IntegerField(help_text="Column << zoom | row, as tile servers count them.")
    cell = models.SmallIntegerField(help_text="Of the tile's four by four: column << 2 | row.")
    currency = models.CharField(max_length=3)
    bikes = models.IntegerField()
    price_from = models.IntegerField(help_text="The lowest price of a day.")
    east = models.BigIntegerField(help_text="The sum of the bikes' public eastings, in whole Mercator metres.")
    north = models.BigIntegerField(help_text="The sum of their northings.")
    kinds = ArrayField(models.SmallIntegerField())
    kind_bikes = ArrayField(models.IntegerField())
    kind_prices = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(zoom__range=(LOWEST, HIGHEST)), name="map_cell_zoom"),
            models.CheckConstraint(condition=models.Q(bikes__gt=0), name="map_cell_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.zoom}/{self.tile}/{self.cell}: {self.bikes}"


class MapMark(models.Model):
    """A cell of the finest kept zoom in which something changed since the cells were last reckoned.

    A row for each change, never an update: nobody who publishes a bike waits for somebody else.
    """

    x = models.IntegerField()
    y = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.x}/{self.y}"
