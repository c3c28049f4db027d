"""Amounts in server-rendered text; the app writes them with Intl."""


def written(amount: int) -> str:
    """3150 -> "31.50", for machines."""
    return f"{amount // 100}.{amount % 100:02d}"


def shown(amount: int, currency: str, language: str) -> str:
    """3150 EUR -> "31,50 €" or "€31.50"; whole amounts without cents."""
    number = written(amount).removesuffix(".00")
    if language == "fr":
        number = number.replace(".", ",")
        return f"{number}\u00a0€" if currency == "EUR" else f"{number}\u00a0{currency}"
    return f"€{number}" if currency == "EUR" else f"{currency}\u00a0{number}"
