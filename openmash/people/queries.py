"""What is seen of people. Everything returned is a finished, frozen value; this is the one door to all of it."""

from openmash.people.agency_records import (
    AgencyRecords,
    RecordSaid,
    load_pair,
    load_record_judgement,
    not_judged,
    said_of_records,
)
from openmash.people.comparing import Comparison, ToReview, compare, facts_to_review
from openmash.people.family import FamilyView, family_of
from openmash.people.finding import Found, PersonLine, find_people, known_at
from openmash.people.gaps import NO_GP, NO_SCHOOL
from openmash.people.loading import load_judgement, load_person, load_proposal, load_record, open_proposals
from openmash.people.named import NameLine, leads_of, names_of, records_of
from openmash.people.portrait import PersonView, person_view

__all__ = [
    "NO_GP",
    "NO_SCHOOL",
    "AgencyRecords",
    "Comparison",
    "FamilyView",
    "Found",
    "NameLine",
    "PersonLine",
    "PersonView",
    "RecordSaid",
    "ToReview",
    "compare",
    "facts_to_review",
    "family_of",
    "find_people",
    "known_at",
    "leads_of",
    "load_judgement",
    "load_pair",
    "load_person",
    "load_proposal",
    "load_record",
    "load_record_judgement",
    "names_of",
    "not_judged",
    "open_proposals",
    "person_view",
    "records_of",
    "said_of_records",
]
