from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Import the towns."

    def handle(self, **options: object) -> None:
        return None
