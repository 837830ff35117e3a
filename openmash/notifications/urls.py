from django.urls import path

from openmash.notifications import file_views, views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.queue, name="queue"),
    path("notifications/<int:number>/", views.one, name="one"),
    path("notifications/<int:number>/second/", views.second, name="second"),
    path("notifications/forwarded/", views.forwarded, name="forwarded"),
    path("notifications/forwarded/<int:number>/", views.one_forwarded, name="one_forwarded"),
    path("notifications/files/", file_views.files, name="files"),
    path("notifications/files/<int:number>/", file_views.file, name="file"),
    path("notifications/repairs/", file_views.repairs, name="repairs"),
    path("notifications/repairs/<int:number>/", file_views.repair, name="repair"),
]
