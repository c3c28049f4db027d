from django.core.management.base import BaseCommand

from bookings.diagram import mermaid


class Command(BaseCommand):
    help = "Prints the booking table as a Mermaid state diagram, as it stands in the README."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(mermaid(), ending="")
