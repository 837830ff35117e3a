from django.urls import path

from openmash.feeds import views

app_name = "feeds"
urlpatterns = [
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/agree/", views.agree, name="agree"),
    path("feeds/<int:number>/send/", views.send, name="send"),
    path("feeds/<int:number>/end/", views.end, name="end"),
    path("feeds/load/<int:number>/", views.load, name="load"),
    path("feeds/load/<int:number>/refused.csv", views.refused, name="refused"),
]
