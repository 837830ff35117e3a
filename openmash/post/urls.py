from django.urls import path

from openmash.post import address_views, views

app_name = "post"
urlpatterns = [
    path("post/", views.post, name="post"),
    path("post/bring-in/", views.bring_in, name="bring_in"),
    path("post/<uuid:token>/", views.reply, name="reply"),
    path("post/<uuid:token>/aside/", views.aside, name="aside"),
    path("post/<uuid:token>/request/", views.assign, name="assign"),
    path("post/attachment/<int:number>/", views.enclosure, name="enclosure"),
    path("enquiry/<str:reference>/request/<uuid:token>/by-telephone/", views.telephone, name="telephone"),
    path("enquiry/<str:reference>/request/<uuid:token>/paste/", views.paste, name="paste"),
    path("enquiry/<str:reference>/request/<uuid:token>/send-again/", views.send_again, name="send_again"),
    path("addresses/", address_views.addresses, name="addresses"),
    path("addresses/allow/", address_views.allow, name="allow"),
    path("addresses/keep/", address_views.keep, name="keep"),
    path("addresses/domain/<int:number>/withdraw/", address_views.withdraw_domain, name="withdraw_domain"),
    path("addresses/address/<int:number>/withdraw/", address_views.withdraw_address, name="withdraw_address"),
]
