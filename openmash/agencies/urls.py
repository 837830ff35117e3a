from django.urls import path

from openmash.agencies import agreement_views, organisation_views, practices_views, staff_views, views
from openmash.agencies.security_txt import security_txt

app_name = "agencies"
urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("systems/", views.connected, name="systems"),
    path("systems/new/", views.issue, name="issue"),
    path("systems/<int:number>/agree/", views.agree, name="agree_token"),
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
    path("account/organisation/<slug:key>/", organisation_views.leave, name="organisation"),
    path("account/organisation/<slug:key>/again/", organisation_views.leave_again, name="organisation_again"),
    path("account/organisation/<slug:key>/back/", organisation_views.come_back, name="organisation_back"),
    path("working-practices/", practices_views.practices, name="practices"),
    path("agreements/", agreement_views.all_agreements, name="agreements"),
    path("agreements/new/", agreement_views.make, name="make_agreement"),
    path("agreements/<int:number>/", agreement_views.one_agreement, name="agreement"),
    path("agreements/<int:number>/version/", agreement_views.replace, name="replace_agreement"),
    path("agreements/<int:number>/sign/", agreement_views.sign, name="sign_agreement"),
    path("agreements/<int:number>/review/", agreement_views.review, name="review_agreement"),
    path("agreements/signature/<int:number>/end/", agreement_views.end_signature, name="end_signature"),
    path("agreements/override/", agreement_views.override, name="override_until"),
    path("agreements/override/<int:number>/end/", agreement_views.end_override, name="end_override"),
]
