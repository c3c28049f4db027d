from django.core.management.base import BaseCommand

from listings import actions


class Command(BaseCommand):
    help = "Count the bikes of every cell of the map anew: after a bulk load, or to be sure."

    def handle(self, **options: object) -> None:
        actions.rebuild_map()
