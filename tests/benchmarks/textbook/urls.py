from django.urls import path

from tests.benchmarks.textbook.views import Nearest

urlpatterns = [path("api/search", Nearest.as_view())]
