from django.urls import URLPattern, URLResolver, path

from bikeens.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("me", views.Me.as_view(), name="me"),
    path("me/photo", views.MyPhoto.as_view(), name="me_photo"),
    path("people/<uuid:id>", views.Person.as_view(), name="people_detail"),
]
