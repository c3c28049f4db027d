from django.apps import AppConfig


class BikeensConfig(AppConfig):
    """The roof: commands and the demo, which know every floor."""

    name = "bikeens"
