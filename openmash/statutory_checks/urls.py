from django.urls import path

from openmash.statutory_checks import views

app_name = "statutory_checks"
urlpatterns = [
    path("statutory-checks/", views.checks, name="checks"),
    path("statutory-checks/new/", views.new, name="new"),
    path("statutory-checks/<int:number>/", views.one, name="one"),
    path("statutory-checks/<int:number>/approve/", views.approve, name="approve"),
    path("statutory-checks/<int:number>/send-back/", views.send_back, name="send_back"),
    path("statutory-checks/<int:number>/refuse/", views.refuse, name="refuse"),
]
