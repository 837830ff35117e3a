from django.urls import path

from openmash.disclosure.views import by_post, governance, hub, owners, recipients

app_name = "disclosure"
_ONE = "enquiry/<str:reference>/release/<uuid:token>/"
urlpatterns = [
    path("enquiry/<str:reference>/release/new/", hub.new, name="new"),
    path("enquiry/<str:reference>/release/not/", hub.not_share, name="not"),
    path(_ONE, hub.release, name="release"),
    path(f"{_ONE}change/", hub.change, name="change"),
    path(f"{_ONE}propose/", hub.propose, name="propose"),
    path(f"{_ONE}approve/", hub.approve, name="approve"),
    path(f"{_ONE}override/<int:item>/", hub.override, name="override"),
    path(f"{_ONE}owner/<int:item>/", by_post.owner, name="owner"),
    path(f"{_ONE}owner/<int:item>/ask/", by_post.ask, name="ask_owner"),
    path(f"{_ONE}<slug:ending>/", hub.end, name="end"),
    path("countersign/<int:number>/", governance.countersign, name="countersign"),
    path("consents/", owners.consents, name="consents"),
    path("consents/<uuid:token>/", owners.consent, name="consent"),
    path("consents/<uuid:token>/<int:item>/", owners.answer, name="answer"),
    path("released/", recipients.released, name="released"),
    path("released/<uuid:token>/", recipients.product, name="product"),
    path("released/<uuid:token>/released.pdf", recipients.as_pdf, name="pdf"),
    path("released/<uuid:token>/open/", recipients.open_it, name="open"),
    path("released/<uuid:token>/acknowledge/", recipients.acknowledge, name="acknowledge"),
    path("released/<uuid:token>/stopped/", recipients.stopped, name="stopped"),
]
