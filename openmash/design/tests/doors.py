"""Only the sign-in pages, so that these tests need no other room's doors."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def start(request: HttpRequest) -> HttpResponse:
    return HttpResponse("start")


passkeys = [path("account/2fa/", include("allauth.mfa.urls"))]
urlpatterns = [path("", start), path("account/", include("allauth.account.urls")), *passkeys]
