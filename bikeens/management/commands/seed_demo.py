"""Fill an empty database with the demo: bikes, people and bookings. Run again, it changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from bikeens.accounts.models import User
from bikeens.demo.bookings import make_bookings
from bikeens.demo.listings import make_listings
from bikeens.demo.people import accounts_text, make_people
from bikeens.demo.photos import store_pictures
from bikeens.demo.saved import make_saved
from listings.actions import refresh_map


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo does not belong in production.")
        if not User.objects.filter(email="claire@bikeens.example").exists():
            self.stdout.write("  Making the demo's bikes, people and bookings; this happens once")
            self.stdout.flush()
            pictures = store_pictures()
            with transaction.atomic():
                cast = make_people()
                made = list(make_listings(cast.owners, pictures))
            refresh_map()
            booked = make_bookings(cast)
            make_saved(cast)
            self.stdout.write(f"  {len(made)} bikes and {booked} bookings are there.")
        (settings.DATA_DIR / "demo-accounts.txt").write_text(accounts_text())
