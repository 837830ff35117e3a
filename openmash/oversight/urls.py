from django.urls import path

from openmash.oversight import views

app_name = "oversight"
urlpatterns = [
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/<int:number>/", views.close, name="close"),
    path("alerts/reports/", views.reports, name="reports"),
    path("alerts/reports/<slug:area>/<slug:key>/", views.report, name="report"),
    path("receipts/", views.receipts, name="receipts"),
]
