from django.urls import path

from openmash.desk import person_urls, queue, work

app_name = "desk"
urlpatterns = [
    path("", work.home, name="home"),
    path("work/", work.work, name="work"),
    path("work/digest/", work.choose_digest, name="choose_digest"),
    path("needs/", work.needs, name="needs"),
    path("queue/", queue.queue, name="queue"),
    *person_urls.urlpatterns,
]
