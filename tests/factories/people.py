"""The three people of the tests: Alice owns, Bob rents, Carol is a stranger."""

from bikeens.accounts.models import User


def person(name: str, **fields: object) -> User:
    """An active person whose e-mail is name@example.com and who has no password."""
    user, made = User.objects.get_or_create(
        email=f"{name.lower()}@example.com", defaults={"name": name, "language": "en", **fields}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def alice() -> User:
    return person("Alice")


def bob() -> User:
    return person("Bob")


def carol() -> User:
    return person("Carol")
