"""The few parts of the API's answers that the server-rendered pages read."""

from typing import TypedDict


class Money(TypedDict):
    amount: int
    currency: str


class Size(TypedDict):
    width: int
    url: str


class Photo(TypedDict):
    width: int
    height: int
    alt: str
    sizes: list[Size]


class Rating(TypedDict):
    average: float | None
    count: int


class Prices(TypedDict):
    hour: Money | None
    day: Money | None


class Owner(TypedDict):
    name: str


class Listing(TypedDict):
    id: str
    title: str
    description: str
    category: str
    electric: bool
    brand: str
    town: str
    prices: Prices
    photos: list[Photo]
    owner: Owner
    rating: Rating
    included: list[str]
    house_rules: str


class Hit(TypedDict):
    id: str
    title: str
    category: str
    town: str
    cover: Photo | None
    price_per_day: Money
    total: Money | None


class Place(TypedDict):
    name: str
    region: str


class Search(TypedDict):
    results: list[Hit]
    place: Place | None
