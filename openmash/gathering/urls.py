from django.urls import path

from openmash.gathering import agency_views, views

app_name = "gathering"
urlpatterns = [
    path("enquiry/<str:reference>/ask/", views.ask, name="ask"),
    path("enquiry/<str:reference>/ask/<slug:key>/override/", views.want_override, name="want_override"),
    path("enquiry/<str:reference>/review/", views.review, name="review"),
    path("enquiry/<str:reference>/request/<uuid:token>/withdraw/", views.withdraw, name="withdraw"),
    path("enquiry/<str:reference>/request/<uuid:token>/chase/", views.chase, name="chase"),
    path("enquiry/<str:reference>/alert/<uuid:token>/", views.alert, name="alert"),
    path("override/<int:number>/", views.override, name="override"),
    path("checks/", agency_views.my_checks, name="checks"),
    path("request/<uuid:token>/", agency_views.answer, name="answer"),
    path("request/<uuid:token>/draft/", agency_views.keep_draft, name="keep_draft"),
    path("request/<uuid:token>/nothing-known/", agency_views.say_nothing_known, name="nothing_known"),
]
