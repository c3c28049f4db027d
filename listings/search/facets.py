"""How many bikes each filter would leave: every filter counted with all the others but itself.

One walk over the nearest bikes that place and dates allow, by search's own statement; what the filter sheet asks of
each is decided here, and a test compares every count with what search finds.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection, transaction
from psycopg import sql

from bikeens.core.money import MoneyJSON
from listings.choices import Category
from listings.pricing import Stretch
from listings.search.engine import stretches_of
from listings.search.pricing import totals_of
from listings.search.query import DEFAULT_RADIUS_M, MAX_RADIUS_M, SearchQuery
from listings.search.statement import Statement
