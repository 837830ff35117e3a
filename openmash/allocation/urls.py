from django.urls import path

from openmash.allocation import views

app_name = "allocation"
urlpatterns = [
    path("received/", views.received, name="received"),
    path("received/<int:number>/", views.handover, name="handover"),
    path("received/<int:number>/step-up/", views.step_up, name="step_up"),
    path("received/<int:number>/pass-on/", views.pass_on, name="pass_on"),
    path("received/<int:number>/became/", views.became, name="became"),
    path("enquiry/<str:reference>/stepped-up/<int:number>/", views.answer_step_up, name="answer_step_up"),
]
