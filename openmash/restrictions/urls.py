from django.urls import path

from openmash.restrictions import conflict_views, views

app_name = "restrictions"
urlpatterns = [
    path("restrictions/", views.restrictions, name="restrictions"),
    path("restrictions/<int:number>/", views.restriction, name="restriction"),
    path("restrictions/<int:number>/unname/<int:user>/", views.unname, name="unname"),
    path("enquiry/<str:reference>/restrict/", views.restrict, name="restrict"),
    path("enquiry/<str:reference>/emergency/", views.sealed, name="sealed"),
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/reviews/", views.emergencies, name="emergencies"),
    path("emergency/reviews/<int:number>/", views.review_glass, name="review_glass"),
    path("conflicts/", conflict_views.conflicts, name="conflicts"),
    path("conflicts/enter/", conflict_views.enter, name="enter"),
    path("conflicts/<int:number>/ask/", conflict_views.ask_removal, name="ask_removal"),
    path("conflicts/<int:number>/remove/", conflict_views.remove, name="remove"),
    path("person/<int:number>/i-know-them/", conflict_views.declare, name="declare"),
]
