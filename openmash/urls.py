"""The front door: every room's doors in one list."""

from django.urls import include, path

handler400 = "openmash.design.views.not_understood"
handler403 = "openmash.design.views.not_found"
handler404 = "openmash.design.views.not_found"
handler500 = "openmash.design.views.broken"

urlpatterns = [
    path("", include("openmash.desk.urls")),
    path("", include("openmash.agencies.urls")),
    path("", include("openmash.enquiries.urls")),
    path("", include("openmash.lookout.urls")),
    path("", include("openmash.feeds.urls")),
    path("", include("openmash.triage.urls")),
    path("", include("openmash.adults.urls")),
    path("", include("openmash.domestic_abuse.urls")),
    path("", include("openmash.consultations.urls")),
    path("", include("openmash.statutory_checks.urls")),
    path("", include("openmash.insight.urls")),
    path("", include("openmash.oversight.urls")),
    path("", include("openmash.records.urls")),
    path("", include("openmash.restrictions.urls")),
    path("", include("openmash.notifications.urls")),
    path("", include("openmash.gathering.urls")),
    path("", include("openmash.post.urls")),
    path("", include("openmash.decisions.urls")),
    path("", include("openmash.disclosure.urls")),
    path("", include("openmash.cumulative.urls")),
    path("", include("openmash.allocation.urls")),
    path("api/", include("openmash.api.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]
