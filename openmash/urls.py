"""The front door: every room's doors in one list."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
]
