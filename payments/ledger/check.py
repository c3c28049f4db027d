"""Whether the books can be right: what must hold of them by themselves, whatever Stripe says."""

from django.db.models import F, Sum

from payments.ledger import accounts
from payments.ledger.models import Line, Posting


def problems() -> list[str]:
    """Every posting sums to zero, nothing owed is negative, nothing is left where a booking's money was shared out."""
    found = [
        f"Posting {row['ref']} sums to {row['sum']} cents."
        for row in Posting.objects.values("ref").annotate(sum=Sum("lines__amount")).exclude(sum=0).order_by("ref")
    ]
    for account in sorted(accounts.LIABILITIES):
        by = ["booking"] if account in accounts.PER_BOOKING else ["owner"]
        rows = Line.objects.filter(account=account).values(*by).annotate(sum=Sum("amount")).filter(sum__gt=0)
        found += [f"{account} of {by[0]} {row[by[0]]} is {-row['sum']} cents." for row in rows.order_by(*by)]
    split = Posting.objects.filter(moment="split").values("booking")
    left = (
        Line.objects.filter(account=accounts.HELD, booking__in=split)
        .values("booking")
        .annotate(sum=Sum("amount"))
        .exclude(sum=0)
    )
    found += [f"{-row['sum']} cents are still held for booking {row['booking']}." for row in left.order_by("booking")]
    foreign = Line.objects.filter(booking__isnull=False).exclude(posting__currency=F("booking__currency"))
    found += [f"{line} is in another currency than its booking." for line in foreign[:20]]
    return found
