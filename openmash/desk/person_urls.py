"""The person pages. `desk.urls` includes this list."""

from django.urls import path

from openmash.desk import (
    pairs,
    person,
    person_contact,
    person_matches,
    person_records,
    person_review,
    person_risks,
    person_ties,
    whereabouts,
)

urlpatterns = [
    path("pairs/", pairs.pairs, name="pairs"),
    path("person/<int:number>/", person.person, name="person"),
    path("person/<int:number>/contact/", person_contact.contacts, name="contacts"),
    path("person/<int:number>/contact/<int:contact>/", person_contact.safety, name="contact_safety"),
    path("person/<int:number>/matches/", person_matches.matches, name="person_matches"),
    path("person/<int:number>/matches/<int:other>/", person_matches.side_by_side, name="person_side_by_side"),
    path("person/<int:number>/matches/<int:other>/say/", person_matches.say, name="person_say"),
    path("person/<int:number>/records/say/", person_records.say_of_records, name="person_records_say"),
    path("person/<int:number>/review/", person_review.review, name="person_review"),
    path("person/<int:number>/tie/", person_ties.whom, name="tie_whom"),
    path("person/<int:number>/tie/<int:other>/", person_ties.tie, name="tie"),
    path("person/<int:number>/ties/<int:tie>/", person_ties.change_tie, name="tie_changed"),
    path("person/<int:number>/at-risk-from/<int:other>/", person_risks.risk, name="risk"),
    path("person/<int:number>/risks/<int:risk>/", person_risks.end, name="risk_ended"),
    path("person/<int:number>/whereabouts/", whereabouts.whereabouts, name="whereabouts"),
    path("person/<int:number>/protect/", whereabouts.protect, name="protect"),
    path("person/<int:number>/unprotect/", whereabouts.unprotect, name="unprotect"),
    path("person/unprotecting/<int:number>/agree/", whereabouts.agree, name="unprotect_agree"),
    path("person/unprotecting/<int:number>/decline/", whereabouts.decline, name="unprotect_decline"),
    path("person/proposed/<int:number>/decline/", person_matches.decline, name="person_decline"),
    path("person/records/said/<int:number>/undo/", person_records.undo_of_records, name="person_records_undo"),
    path("person/said/<int:number>/undo/", person_matches.undo, name="person_undo"),
]
