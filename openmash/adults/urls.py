from django.urls import path

from openmash.adults import views

app_name = "adults"
urlpatterns = [
    path("enquiry/<str:reference>/care-act/", views.care_act, name="care_act"),
    path("enquiry/<str:reference>/children/", views.children, name="children"),
]
