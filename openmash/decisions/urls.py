from django.urls import path

from openmash.decisions import views

app_name = "decisions"
urlpatterns = [
    path("enquiry/<str:reference>/decide/", views.decide, name="decide"),
    path("enquiry/<str:reference>/decide/draft/", views.save_draft, name="save_draft"),
    path("enquiry/<str:reference>/decide/directly/", views.decide_directly, name="decide_directly"),
    path("enquiry/<str:reference>/continue/", views.continue_research, name="continue"),
    path("enquiry/<str:reference>/late/<int:number>/", views.late, name="late"),
    path("enquiry/<str:reference>/feedback/", views.give_feedback, name="feedback"),
    path("enquiry/<str:reference>/close/", views.close, name="close"),
    path("enquiry/<str:reference>/reopen/", views.reopen, name="reopen"),
    path("enquiry/<str:reference>/put-away/", views.put_away, name="put_away"),
]
