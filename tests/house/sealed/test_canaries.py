"""Who may be shown which compartment, and that nobody else is: in no status, header, body, PDF, e-mail or log.

In every run: each address where a compartment is shown, asked for by everybody. The whole crawl, which takes long, with
`./mash test tests/house/sealed/test_canaries.py --whole-crawl`: every route with everything that fits it, asked for and
posted to, by everybody.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction

from openmash.agencies.models import Letter
from openmash.enquiries.models import Conflict
from openmash.post.models import Dispatch
from tests.house.sealed.crawl import REASON, STRANGER, WORD, Told, Visitor, acts, pages, places, words_in
from tests.house.sealed.world import TOKENS, World

pytestmark = [pytest.mark.database, pytest.mark.slow]

# One of each role; Ruth knows somebody, Martin is named on what is restricted and on what is locked.
VISITORS = (
    "martin ruth hannah joanna peter siobhan alan lewis karen mary marcus wanda amit lucy saul gwen priya nina"
    " shabana grace ellen rosa"
).split()
MANAGERS, POOLED, HUB = "martin ruth", "martin ruth hannah", "martin ruth hannah joanna"
THERE = "shabana grace ellen"
CASE, MARAC, POST = "/enquiry/{main}/", "/enquiry/{main}/marac/", "/post/{reply}/"
WHERE = "POST /person/{mother}/whereabouts/ POST /person/{child}/whereabouts/"


@dataclass(frozen=True)
class Compartment:
    """What it is, the words that stand nowhere else, who is shown them, and where."""

    what: str
    words: str
    seen_by: str
    at: str


COMPARTMENTS = (
    Compartment("what a referrer worries about", "zqmain", f"{HUB} gwen",
                f"{CASE} /records/requests/{{subject_request}}/things/enquiries_enquiry-{{main_row}}/"),
    Compartment("the same, with a referrer of whom it is theirs", "zqdecided", f"{HUB} siobhan",
                "/enquiry/{decided}/ /my-enquiries/{decided}/"),
    Compartment("the same, of an adult, and of who is missing", "zqadult", HUB, "/enquiry/{adult}/"),
    Compartment("the same, of who is missing", "zqmissing", HUB, "/enquiry/{missing}/"),
    Compartment("a referrer who wants to stay unknown", "zqneighbour zqmail", HUB,
                f"{CASE} REVEAL /enquiry/{{main}}/feedback/"),
    Compartment("how they know the family", "zqtie", POOLED, CASE),
    Compartment("why there may be harm", "zqharm", HUB, "/enquiry/{main}/basis/"),
    Compartment("why each agency was asked", "zqaskpolice zqaskhealth zqaskeducation zqaskprobation zqasknorthwend",
                HUB, "/enquiry/{main}/requests/"),
    Compartment("why enough was known", "zqenough zqrated", HUB,
                "/enquiry/{main}/history/ /enquiry/{decided}/history/"),
    Compartment("a draft of the decision", "zqdecisiondraft", POOLED, "/enquiry/{main}/decide/"),
    # the sealed room
    Compartment("general and sensitive items", "zqpoliceg zqhealths", POOLED, "/enquiry/{main}/chronology/"),
    Compartment("one that its agency is asked to release", "zqpolices", f"{POOLED} karen",
                "/enquiry/{main}/chronology/ /consents/{releaseproposed}/"),
    Compartment("one that was released, and taken back", "zqhealthg", POOLED,
                "/enquiry/{main}/chronology/ /released/{releaserecalled}/"),
    Compartment("one that is released", "zqeducationg", f"{POOLED} amit",
                "/enquiry/{main}/chronology/ /released/{releaseout}/"),
    Compartment("a sealed item, and a sealed event", "zqpolicex zqeventx", MANAGERS, "/enquiry/{main}/chronology/"),
    Compartment("a locked item", "zqpolicel", "martin", "/enquiry/{main}/chronology/"),
    Compartment("general and sensitive events", "zqeventg zqevents", POOLED, "/enquiry/{main}/chronology/"),
    Compartment("what an agency has begun to answer", "zqanswerdraft", "marcus", "/request/{ask_probation}/"),
    # where a protected person is
    Compartment("where she is: home, telephone, who told, who helps, school, surgery, whom her agencies say to ask",
                "zqrefuge zqpostcode zqtelephone zqteller zqagency zqworker zqschool zqsurgery zqfeedteam zqfeedworker",
                POOLED, f"{WHERE} /request/{{ask_police}}/ /enquiry/{{main}}/request/{{ask_north-wend-housing}}"
                "/by-telephone/ /person/{mother}/ /person/{child}/ /enquiry/{main}/people/"),
    Compartment("why she need not be protected, and what she says", "zqunprotect zqtheirview", POOLED,
                "/person/{mother}/whereabouts/"),
    Compartment("why somebody looked, on the ledger", "zqprotectbecause zqopenedbecause", "gwen",
                "/ledger/person/{mother}/ /ledger/user/{joanna}/"),
    Compartment("from whom she is at risk, and why", "zqriskbecause", HUB, "/person/{mother}/"),
    Compartment("who said what somebody is to another", "zqsaysso", HUB, "/person/{man}/ /person/{decided_child}/"),
    # the airlock
    *(
        Compartment(f"a release: {name}", f"zq{name} {more}", f"{POOLED} {also}",
                    f"/enquiry/{{main}}/release/{{{name}}}/ {at}")
        for name, more, also, at in (
            ("releasedraft", "", "", ""),
            ("releaseproposed", "", "karen", "/consents/{releaseproposed}/"),
            ("releasereturned", "zqwhyreleasereturned", "", ""),
            ("releaserefused", "zqwhyreleaserefused", "", ""),
            ("releaserecalled", "zqwhyreleaserecalled", "", "/released/{releaserecalled}/"),
            ("releaseout", "", "amit", "/released/{releaseout}/"),
        )
    ),
    # domestic abuse, decisions, adults
    Compartment("what MARAC decided", "zqmaracminutes zqmaracaction", HUB, "/enquiry/{main}/chronology/ " + MARAC),
    Compartment("why it went to MARAC, and how to reach her", "zqmaracbecause zqmaracsafe", POOLED, MARAC),
    Compartment("a decision", "zqfacts zqanalysis zqrationale zqnotknown zqforchild", MANAGERS,
                "/enquiry/{decided}/decision/"),
    Compartment("what the referrer is told", "zqforreferrer", HUB, "/enquiry/{decided}/feedback/"),
    Compartment("what a team is handed, and why it hands it back", "zqhandover zqstepup", f"{MANAGERS} amit",
                "/enquiry/{decided}/decision/ /received/{handover}/"),
    Compartment("who took it on", "zqallocated", f"{HUB} amit", "/enquiry/{decided}/decision/ /received/{handover}/"),
    Compartment("an adult's needs, capacity and wishes",
                "zqneeds zqatrisk zqcapacity zqbestinterests zqwishes zqchildconsidered zqwisheasked", HUB,
                "/enquiry/{adult}/"),
    # what stays closed
    Compartment("a restricted enquiry", "zqrestricted", "martin", "/enquiry/{restricted}/"),
    Compartment("that there is one about somebody", "zqrestrictedname", "martin gwen",
                "/enquiry/{restricted}/ /person/{restricted_person}/matches/ /person/{restricted_person}/whereabouts/"
                " /records/people/{restricted_person}/hold/ POST /person/{restricted_person}/whereabouts/"),
    Compartment("why it is restricted", "zqrestrictbecause", "martin gwen", "/restrictions/{restriction}/"),
    Compartment("an enquiry about somebody whom Ruth knows", "zqconflict", "martin hannah joanna",
                "/enquiry/{conflict}/"),
    Compartment("who that is", "zqconflictname", "martin hannah joanna gwen",
                "/enquiry/{conflict}/ /person/{conflict_person}/matches/ /conflicts/"),
    Compartment("how she knows them", "zqconflictbecause", "martin gwen", "/conflicts/"),
    Compartment("why something was opened in an emergency", "zqglassbecause", "gwen", "/emergency/reviews/"),
    Compartment("enquiries of the other area", "zqother zqsighted", THERE, "/enquiry/{other}/ /enquiry/{sighted}/"),
    Compartment("who is in one", "zqothername", f"{THERE} gwen",
                "/enquiry/{other}/ /person/{other_person}/ /records/people/{other_person}/hold/"),
    Compartment("why somebody is looked for", "zqlookout", HUB,
                "/missing/{missing_family}/ /enquiry/{missing}/history/"),
    # the other doors
    Compartment("an e-mail that waits for a person", "zqreplytext zqreplyitem zqenclosure zqenclosed", HUB,
                POST + " /post/attachment/{enclosure}/"),
    Compartment("one that nobody was expecting", "zqsender zqsubject zqstray", HUB, "/post/{stray}/"),
    Compartment("what a system sent that could not be taken", "zqheldback zqheldwhy", HUB, "/from-systems/{held}/"),
    Compartment("a call for advice", "zqcaller zqcallersplace zqoutline zqadvice zqtried", f"{MANAGERS} peter",
                "/consultations/{call}/"),
    Compartment("a talk", "zqnotewhom zqgist", f"{HUB} peter", "/consultations/notes/"),
    Compartment("notifications that stay with the police", "zqnotice zqnoticename zqretained zqretainwhy",
                f"{MANAGERS} alan", "/notifications/{V1}/ /notifications/{V3}/"),
    Compartment("one that is forwarded", "zqforwarded", f"{MANAGERS} alan amit",
                "/notifications/{V2}/ /notifications/forwarded/{V2}/"),
    Compartment("why it is", "zqforwardwhy", f"{MANAGERS} alan", "/notifications/{V2}/"),
    Compartment("a row that has to be put right", "zqrepair", "alan", "/notifications/repairs/{repair}/"),
    Compartment("what another council is told", "zqcheckanswer", HUB, "/statutory-checks/{check}/"),
    Compartment("why records are kept, and who asks for theirs", "zqhold zqasker zqidentity zqextended",
                f"{MANAGERS} gwen", "/records/holds/{hold}/ /records/requests/{subject_request}/"),
)  # fmt: skip
# Held until the scanner has looked at it: the attachment beside it, which it has looked at, is shown.
SHOWN_TO_NOBODY = "zqnotscanned"


EVERYBODY = (*VISITORS, *TOKENS, STRANGER)


@cache
def expected() -> dict[str, set[str]]:
    found = {word: set(one.seen_by.split()) for one in COMPARTMENTS for word in one.words.split()}
    return found | {SHOWN_TO_NOBODY: set()}


def shows(visitor: Visitor, world: World) -> Iterator[Told]:
    """Every address where a compartment is shown to somebody."""
    names = world.names()
    steps = iter(" ".join(one.at for one in COMPARTMENTS).format_map(names).split())
    for step in dict.fromkeys(_pairs(steps)):
        method, path = step
        if method == "GET":
            yield visitor.get(path)
        else:
            yield visitor.post(path, {"because": REASON} if method == "POST" else {"do": "reveal"})


def _pairs(steps: Iterator[str]) -> Iterator[tuple[str, str]]:
    for step in steps:
        yield (step, next(steps)) if step in ("POST", "REVEAL") else ("GET", step)


def crawl(visitor: Visitor, world: World) -> Iterator[Told]:
    for route in pages():
        yield from (visitor.get(path) for path in places(route, world))
    for route in acts():
        for path in places(route, world):
            yield visitor.post(path, {})
            yield visitor.post(path, {"because": REASON, "version": "1"})


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_is_shown_the_compartments_that_are_theirs_and_no_other(name, world, request, caplog):
    theirs = {word for word, names in expected().items() if name in names}
    visitor, seen, broken, answers = Visitor(name, world), {}, [], 0
    is_whole = request.config.getoption("--whole-crawl")
    with caplog.at_level(logging.INFO):
        for told in chain(shows(visitor, world), crawl(visitor, world) if is_whole else ()):
            answers += 1
            for word in told.words & expected().keys():
                seen.setdefault(word, f"{told.method} {told.path} ({told.status})")
            if told.status >= 500:
                broken.append((told.method, told.path))
    assert {word: where for word, where in seen.items() if word not in theirs} == {}
    assert theirs - seen.keys() == set()
    assert broken == []
    assert words_in(caplog.text) & expected().keys() == set()
    assert answers > (1_000 if is_whole else 50)


# What is about the family of the first enquiry, wherever it stands.
OF_THE_FAMILY = set(
    "zqmain zqneighbour zqtie zqharm zqaskpolice zqenough zqdecisiondraft zqpoliceg zqpolicex zqpolicel zqhealthg"
    " zqeventg zqrefuge zqpostcode zqtelephone zqteller zqriskbecause zqreleasedraft zqreleaseout zqmaracminutes"
    " zqreplytext zqreplyitem zqenclosure zqenclosed zqasker zqidentity zqextended".split()
)


@pytest.mark.parametrize("name", ["martin", "hannah", "joanna", "karen", "amit"])
def test_whoever_comes_to_know_somebody_is_shown_nothing_of_them_any_more(name, world):
    """Whatever they had open, owned, drafted, were asked or were sent."""
    with transaction.atomic():
        for person in (world.child, world.mother):
            facts = {"user": world.hub.staff[name], "by": world.hub.staff[name], "at": world.now}
            Conflict.objects.create(person=person, because="My niece.", **facts)
        seen = {f"{told.method} {told.path}": told.words & OF_THE_FAMILY for told in shows(Visitor(name, world), world)}
        transaction.set_rollback(True)
    assert {where: words for where, words in seen.items() if words} == {}


def test_every_word_of_the_world_is_in_the_table(world):
    said = set(WORD.findall(Path(__file__).with_name("world.py").read_text().lower()))
    ends = {"zqtelephone", "zqpostcode"}
    made_of_names = {"zq", "zqask", "zqevent", "zqwhy"}
    assert said - made_of_names - set(expected()) == set()
    assert ends < set(expected())
    assert {name for names in expected().values() for name in names} <= set(EVERYBODY)


def test_no_letter_and_no_e_mail_says_any_of_it(world):
    letters = [f"{one.subject} {one.line} {one.link}" for one in Letter.objects.all()]
    assert len(letters) > 20 and set(words_in(" ".join(letters))) == set()
    assert set(words_in(" ".join(f"{one.subject} {one.body}" for one in mail.outbox))) == set()
    # The landlord was asked before anybody knew that she has to be protected, and matches on an address.
    sent = " ".join(f"{one.subject} {one.body}" for one in Dispatch.objects.all())
    assert set(words_in(sent)) <= {"zqrefuge", "zqpostcode"}
