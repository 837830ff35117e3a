"""A professional's own enquiries. `desk.urls` includes this list."""

from django.urls import path

from openmash.desk import own

urlpatterns = [
    path("my-enquiries/", own.own, name="own"),
    path("my-enquiries/<str:reference>/", own.own_enquiry, name="own_enquiry"),
]
