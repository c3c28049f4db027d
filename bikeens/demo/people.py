"""The demo's people: three who can sign in, and the owners and renters around them."""

from dataclasses import dataclass

from bikeens.accounts.actions import open_account
from bikeens.accounts.models import User
from bikeens.demo.bikes import FIRST_NAMES
from bikeens.demo.towns import TOWNS

PASSWORD = "bikeens-demo"  # noqa: S105
OWNERS_A_TOWN = 12
RENTERS = 24


@dataclass(frozen=True, slots=True)
class Cast:
    """`owners` by town; `claire` owns bikes in Narbonne, `hugo` rents, `desk` is the operator."""

    claire: User
    hugo: User
    desk: User
    owners: dict[str, list[User]]
    renters: list[User]


def make_people() -> Cast:
    """Everybody, with confirmed addresses; always the same ones."""
    claire = open_account(email="claire@bikeens.example", password=PASSWORD, name="Claire", languages=["fr", "en"])
    hugo = open_account(email="hugo@bikeens.example", password=PASSWORD, name="Hugo", languages=["fr"])
    desk = open_account(
        email="desk@bikeens.example", password=PASSWORD, name="Bikeens", is_staff=True, is_superuser=True
    )
    names = iter(FIRST_NAMES * 4)
    owners = {
        town.name: [_person(f"{town.name}-{number}", next(names)) for number in range(OWNERS_A_TOWN)] for town in TOWNS
    }
    owners["Narbonne"][0] = claire
    renters = [_person(f"renter-{number}", next(names)) for number in range(RENTERS)]
    return Cast(claire, hugo, desk, owners, [hugo, *renters])


def accounts_text() -> str:
    """What `make run` prints: how to sign in."""
    rows = (
        ("owner", "claire@bikeens.example"),
        ("renter", "hugo@bikeens.example"),
        ("operator", "desk@bikeens.example  (the desk: /desk/)"),
    )
    lines = [f"    {role:<9} {address}" for role, address in rows]
    return "\n".join(["  Demo accounts, password " + PASSWORD + ":", *lines, ""]) + "\n"


def _person(login: str, name: str) -> User:
    address = login.lower().replace(" ", "-").replace("î", "i")
    user = User(email=f"{address}@demo.bikeens.example", name=name, languages=["fr"])
    user.set_unusable_password()
    user.save()
    return user
