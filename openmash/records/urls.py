from django.urls import path

from openmash.records import request_views, views

app_name = "records"
urlpatterns = [
    path("records/", views.shelves, name="shelves"),
    path("records/rules/", views.rules, name="rules"),
    path("records/rules/<slug:area>/<slug:key>/", views.rule, name="rule"),
    path("records/holds/<int:number>/", views.lift, name="lift"),
    path("records/reviews/<int:number>/", views.answer, name="answer"),
    path("records/requests/", request_views.requests, name="requests"),
    path("records/requests/find/", request_views.find, name="find"),
    path("records/requests/<int:number>/", request_views.sheet, name="request"),
    path("records/requests/<int:number>/things/<str:key>/", request_views.thing, name="thing"),
    path("records/requests/<int:number>/move/", request_views.move, name="move"),
    path("records/requests/<int:number>/extend/", request_views.extend, name="extend"),
    path("records/requests/<int:number>/close/", request_views.close, name="close"),
    path("records/requests/<int:number>/preview/", request_views.seen, name="preview"),
    path("records/requests/<int:number>/file.pdf", request_views.as_pdf, name="pdf"),
    path("records/requests/<int:number>/file.json", request_views.for_machines, name="json"),
    path("records/people/<int:number>/request/", request_views.open_request, name="open"),
    path("records/people/<int:number>/hold/", request_views.hold_person, name="hold_person"),
    path("records/<str:reference>/", views.record, name="record"),
    path("records/<str:reference>/hold/", views.hold, name="hold"),
    path("records/<str:reference>/review/", views.review, name="review"),
]
