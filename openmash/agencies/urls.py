from django.urls import path

from openmash.agencies import views

app_name = "agencies"
urlpatterns = [
    path("systems/", views.connected, name="systems"),
    path("systems/new/", views.issue, name="issue"),
    path("systems/<int:number>/revoke/", views.revoke, name="revoke"),
]
