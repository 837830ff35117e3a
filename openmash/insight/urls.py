from django.urls import path

from openmash.insight import views

app_name = "insight"
urlpatterns = [
    path("mirror/", views.mirror, name="mirror"),
    path("training/", views.training, name="training"),
    path("families-in-need/", views.families, name="families"),
]
