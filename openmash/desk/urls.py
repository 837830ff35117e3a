from django.urls import path

from openmash.desk import (
    chronology,
    due,
    enquiry,
    exceptions,
    family,
    information_record,
    ledger,
    own_urls,
    person_urls,
    queue,
    search,
    wallboard,
    work,
)

app_name = "desk"
_ONE = "enquiry/<str:reference>/"
urlpatterns = [
    path("", work.home, name="home"),
    path("work/", work.work, name="work"),
    path("work/digest/", work.choose_digest, name="choose_digest"),
    path("needs/", work.needs, name="needs"),
    path("queue/", queue.queue, name="queue"),
    path("due/", due.due, name="due"),
    path("wallboard/", wallboard.wallboard, name="wallboards"),
    path("wallboard/<slug:key>/", wallboard.wallboard, name="wallboard"),
    path(_ONE, enquiry.overview, name="enquiry"),
    path(f"{_ONE}people/", family.people_area, name="people"),
    path(f"{_ONE}chronology/", chronology.chronology, name="chronology"),
    path(f"{_ONE}requests/", enquiry.requests, name="requests"),
    path(f"{_ONE}decision/", enquiry.decision, name="decision"),
    path(f"{_ONE}releases/", enquiry.releases, name="releases"),
    path(f"{_ONE}history/", enquiry.history, name="history"),
    path("exceptions/", exceptions.exceptions, name="exceptions"),
    path("exceptions/take/<str:reference>/", exceptions.take, name="exceptions_take"),
    path("exceptions/let-in/<str:reference>/", exceptions.let_in, name="exceptions_let_in"),
    path("exceptions/try-again/<int:number>/", exceptions.try_again, name="exceptions_try_again"),
    path("search/", search.search, name="search"),
    path(f"{_ONE}record/", information_record.record_page, name="record"),
    path(f"{_ONE}record.pdf", information_record.record_pdf, name="record_pdf"),
    path("ledger/", ledger.ledger_page, name="ledger"),
    path("ledger/person/<int:number>/", ledger.about_person, name="ledger_person"),
    path("ledger/user/<int:number>/", ledger.by_user, name="ledger_user"),
    *person_urls.urlpatterns,
    *own_urls.urlpatterns,
]
