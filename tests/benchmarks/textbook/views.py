from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import QuerySet
from rest_framework.generics import ListAPIView

from tests.benchmarks.textbook.models import Listing
from tests.benchmarks.textbook.serializers import ListingSerializer


class Nearest(ListAPIView):
    """Published listings within `radius` metres of `near=lat,lon`, of one `category` if given, nearest first."""

    serializer_class = ListingSerializer

    def get_queryset(self) -> QuerySet[Listing]:
        asked = self.request.query_params
        lat, lon = map(float, asked["near"].split(","))
        here = Point(lon, lat, srid=4326)
        found = Listing.objects.filter(status="published", point__dwithin=(here, D(m=int(asked["radius"]))))
        if "category" in asked:
            found = found.filter(category=asked["category"])
        return (
            found.annotate(distance=Distance("point", here))
            .order_by("distance", "id")
            .select_related("owner")
            .prefetch_related("photos")
        )
