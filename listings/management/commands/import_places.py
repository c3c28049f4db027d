from django.core.management.base import BaseCommand

from listings.places.importing import import_places


class Command(BaseCommand):
    help = "Fill the places table with the world's towns, offline. Does nothing when they are there."

    def handle(self, *, verbosity: int, **options: object) -> None:
        count = import_places()
        if verbosity:
            self.stdout.write(f"{count:,} places")
