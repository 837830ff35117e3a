from django.urls import path

from openmash.consultations import views

app_name = "consultations"
urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/new/", views.call, name="call"),
    path("consultations/notes/", views.notes, name="notes"),
    path("consultations/<int:number>/", views.one, name="one"),
    path("consultations/<int:number>/enquiry/", views.begin_enquiry, name="begin_enquiry"),
    path("consultations/<int:number>/match/<int:enquiry>/", views.match, name="match"),
]
