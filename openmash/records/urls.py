from django.urls import path

from openmash.records import views

app_name = "records"
urlpatterns = [
    path("records/", views.shelves, name="shelves"),
    path("records/rules/", views.rules, name="rules"),
    path("records/rules/<slug:area>/<slug:key>/", views.rule, name="rule"),
    path("records/holds/<int:number>/", views.lift, name="lift"),
    path("records/reviews/<int:number>/", views.answer, name="answer"),
    path("records/<str:reference>/", views.record, name="record"),
    path("records/<str:reference>/hold/", views.hold, name="hold"),
    path("records/<str:reference>/review/", views.review, name="review"),
]
