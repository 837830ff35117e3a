from django.urls import path

from openmash.agencies import staff_views, views

app_name = "agencies"
urlpatterns = [
    path("systems/", views.connected, name="systems"),
    path("systems/new/", views.issue, name="issue"),
    path("systems/<int:number>/revoke/", views.revoke, name="revoke"),
    path("staff/", staff_views.everybody, name="staff"),
    path("staff/new/", staff_views.employ, name="employ"),
    path("staff/<int:number>/", staff_views.member, name="member"),
    path("staff/<int:number>/role/", staff_views.propose_role, name="propose_role"),
    path("staff/<int:number>/factor/", staff_views.propose_reset, name="propose_reset"),
    path("staff/<int:number>/role/<int:other>/away/", staff_views.take_away, name="take_away"),
    path("staff/<int:number>/close/", staff_views.close, name="close"),
    path("staff/change/<int:number>/agree/", staff_views.agree, name="agree"),
    path("staff/change/<int:number>/decline/", staff_views.decline, name="decline"),
]
