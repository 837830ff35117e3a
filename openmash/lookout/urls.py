from django.urls import path

from openmash.lookout import views

app_name = "lookout"
urlpatterns = [
    path("missing/", views.families, name="families"),
    path("missing/<int:number>/", views.missing, name="missing"),
    path("missing/<int:number>/stop/", views.stop, name="stop"),
    path("missing/sighting/<int:number>/", views.answer, name="answer"),
    path("enquiry/<str:reference>/missing/", views.look_for, name="look_for"),
    path("enquiry/<str:reference>/elsewhere/", views.elsewhere, name="elsewhere"),
]
