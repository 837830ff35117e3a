from django.urls import path

from openmash.triage import views

app_name = "triage"
urlpatterns = [
    path("enquiry/<str:reference>/screen/", views.screen, name="screen"),
    path("enquiry/<str:reference>/rate/", views.rate, name="rate"),
    path("enquiry/<str:reference>/rerate/", views.rerate, name="rerate"),
    path("enquiry/<str:reference>/basis/", views.basis, name="basis"),
    path("enquiry/<str:reference>/fast-track/", views.fast_track, name="fast_track"),
    path("enquiry/<str:reference>/pause/", views.pause, name="pause"),
    path("enquiry/<str:reference>/resume/", views.resume, name="resume"),
    path("enquiry/<str:reference>/take/", views.take, name="take"),
    path("enquiry/<str:reference>/give-back/", views.give_back, name="give_back"),
    path("fast-track/<str:reference>/", views.open_fast_track, name="open_fast_track"),
]
