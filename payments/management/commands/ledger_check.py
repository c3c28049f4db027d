"""`manage.py ledger_check`: the books' sums, and whether they can be right."""

from django.core.management.base import BaseCommand, CommandError

from payments.ledger import check
from payments.ledger.balances import balances


class Command(BaseCommand):
    help = "Print the balance of every account; fails when the books can't be right."

    def handle(self, *args: object, **options: object) -> None:
        for account, cents in balances().items():
            self.stdout.write(f"{account:16} {cents / 100:14,.2f}")
        problems = check.problems()
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("The books agree.")
