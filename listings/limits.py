"""The lowest and highest of every number a listing holds, for the database, the API and its messages alike.

Keys are column names; lengths are in the column's unit, money in cents.
"""

BOUNDS: dict[str, tuple[int, int]] = {
    "year": (1880, 2100),
    "battery_range_km": (1, 400),
    "frame_size_cm": (10, 80),
    "gears": (1, 50),
    "weight_g": (1_000, 200_000),
    "value_cents": (0, 3_000_000),
    "price_hour": (50, 50_000),
    "price_day": (100, 100_000),
    "discount_7": (0, 80),
    "discount_28": (0, 80),
    "lead_time_h": (0, 336),
    # The money is captured at acceptance, and Stripe holds it for 90 days.
    "horizon_days": (1, 80),
    "shortest_h": (1, 672),
    "longest_days": (1, 80),
    "buffer_min": (0, 1440),
}
RIDER_HEIGHT_CM = (60, 230)
EXTRA_PRICE_CENTS = (0, 50_000)
EXTRA_MOST = (1, 10)
DELIVERY_KM = (1, 50)

MOST_EXTRAS = 12
MOST_OVERRIDES = 400
MOST_EXCEPTIONS = 400
MOST_STRETCHES_A_DAY = 4
MOST_LISTINGS = 200
MOST_OWN_BLOCKS = 500
MOST_SAVED_BIKES = 200
MOST_SAVED_SEARCHES = 20

# Everything that starts or ends lies on this grid.
GRID_MIN = 30

MOST_PHOTOS = 12
PHOTO_BYTES = 15 * 1024 * 1024
PHOTO_PIXELS = 60_000_000
PHOTO_WIDTHS = (320, 640, 960, 1600)

# Of an import: the longest CSV that 1,000 whole listings make, and what a phone can send in a minute or two.
IMPORT_BYTES = 4 * 1024 * 1024
IMPORT_ROWS = 1000
IMPORT_PHOTOS = 1000
IMPORT_PHOTOS_BYTES = 60 * 1024 * 1024
