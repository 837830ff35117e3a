from django.urls import path

from openmash.cumulative import views

app_name = "cumulative"
urlpatterns = [
    path("enquiry/<str:reference>/added-up/", views.added_up, name="added_up"),
    path("enquiry/<str:reference>/added-up/<int:number>/", views.answer, name="answer"),
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:area>/<slug:key>/", views.rule, name="rule"),
]
