"""Write the drawings the pages use to the front end's public folder."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bikeens.demo.drawing.icon import ICONS
from bikeens.demo.drawing.statics import DRAWINGS


class Command(BaseCommand):
    """Draws hero, empty states, error pages, social card and icons; same code, same bytes."""

    help = "Write the static drawings (SVG) to frontend/app/public."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BASE_DIR) / "frontend" / "app" / "public")

    def handle(self, *args: object, to: Path, **options: object) -> None:
        (to / "drawings").mkdir(parents=True, exist_ok=True)
        files = {to / "drawings" / f"{name}.svg": draw for name, draw in DRAWINGS.items()}
        files |= {to / f"{name}.svg": draw for name, draw in ICONS.items()}
        for path, draw in files.items():
            path.write_text(draw() + "\n", encoding="utf-8")
            self.stdout.write(f"{path.name} {path.stat().st_size:,} bytes")
