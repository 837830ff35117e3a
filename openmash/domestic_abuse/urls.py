from django.urls import path

from openmash.domestic_abuse import views

app_name = "domestic_abuse"
urlpatterns = [
    path("enquiry/<str:reference>/domestic-abuse/", views.grade, name="grade"),
    path("enquiry/<str:reference>/marac/", views.marac, name="marac"),
    path("enquiry/<str:reference>/marac/<int:number>/", views.meeting, name="meeting"),
]
