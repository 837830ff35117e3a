"""Who is at risk from whom: said on the page of the one, refused where the other lives, told to nobody there."""

from datetime import date, datetime

import pytest
from django.http import Http404

from openmash.audit.action import Refused, Stale
from openmash.audit.actors import PUBLIC
from openmash.audit.binding import asked_by
from openmash.audit.models import LedgerEvent
from openmash.design.moments import LONDON
from openmash.people import actions
from openmash.people.contacting import cautions
from openmash.people.given import GivenPerson
from openmash.people.models import Contact, RiskFrom
from openmash.people.queries import family_of, person_view
from openmash.people.reaching import DANGER_THERE, is_danger_where, near_of, unsafe_to_reach
from openmash.people.risks import dangers_to, end_risk, load_risk, risk_lines, risks_told, say_risk
from openmash.restrictions.actions import declare

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=LONDON)
TODAY = NOON.date()
HOME = {"address_lines": "9 Rope Walk", "postcode": "WX3 7QD"}
NUMBER, MAIL, SAFE = "01632 960123", "bells@bell.example", "07700 900345"
SAYS = "Ann Bell is at risk from Karl Bell. Pass nothing on to Karl Bell or to whoever lives with them."
ASK = "Ask the duty social worker how to reach them."


@pytest.fixture
def add(hub):
    def record(given, area="wend-valley", **facts):
        told = GivenPerson(given=given, family="Bell", source="Told", **facts)
        return actions.record(hub.areas[area], by=PUBLIC, now=NOON, given=told)

    return record


@pytest.fixture
def risk(hub):
    def said(person, whom, by="joanna", **more):
        facts = {"because": "He strangled her in May.", "source": "The IDVA", **more}
        return say_risk(person, by=hub.staff[by], now=NOON, whom=whom, **facts)

    return said


def lines_of(records, by):
    return risk_lines(risks_told(records, by=by))


@pytest.fixture
def joanna(hub):
    return hub.staff["joanna"]


def test_it_stands_on_the_page_of_the_one_and_in_nothing_of_the_other(hub, joanna, add, risk):
    ann, karl = add("Ann"), add("Karl")
    row = risk(ann, karl, since=date(2026, 5, 1))
    view = person_view(ann.pk, by=joanna, today=TODAY)
    [line] = view.risks_from
    assert (line.name, line.because, line.source, line.by) == (
        "Karl Bell", "He strangled her in May.", "The IDVA", "Joanna Vale",
    )  # fmt: skip
    assert [(one.what, one.after) for one in view.amendments] == [
        ("At risk from somebody", "Karl Bell: He strangled her in May.")
    ]
    his = person_view(karl.pk, by=joanna, today=TODAY)
    assert his.risks_from == his.amendments == his.ties == ()
    assert cautions([karl.pk], by=joanna) == ()
    assert "Ann" not in str(family_of([karl.pk], by=joanna))
    assert LedgerEvent.objects.get(event="risk.said").people == [ann.pk], "his side of the ledger has no line of it"
    assert row.ledger_people == (ann.pk,)


def test_where_they_live_together_nothing_is_sent_but_to_what_is_safe_for_her(joanna, add, risk):
    ann, karl = add("Ann", telephone=NUMBER, **HOME), add("Karl", **HOME)
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == ""
    risk(ann, karl)
    assert unsafe_to_reach([ann.pk], telephone="+441632960123") == DANGER_THERE
    assert is_danger_where([ann.pk], [ann.pk])
    home = "Do not write to their home or visit it unplanned: whoever is a danger lives there."
    assert cautions([ann.pk], by=joanna) == (f"{SAYS} {home} {ASK}",)
    Contact.objects.create(person=ann, kind="telephone", value=SAFE, is_safe=True, hours="Weekdays 10am to 2pm.",
                           source="Ann", recorded_at=NOON)  # fmt: skip
    assert unsafe_to_reach([ann.pk], telephone=SAFE) == ""
    assert cautions([ann.pk], by=joanna) == (f"{SAYS} {home} Use {SAFE} instead (Weekdays 10am to 2pm).",)
    assert cautions([karl.pk], by=joanna) == (), "with whom she lives is told nothing"


def test_a_number_that_is_also_of_that_home_is_not_used_though_it_was_called_safe(joanna, add, risk):
    ann = add("Ann", telephone=NUMBER, email=MAIL, is_safe_to_contact=True)
    karl, gran = add("Karl", **HOME), add("Gran", telephone="+44 1632 960123", email=MAIL.upper(), **HOME)
    risk(ann, karl)
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == unsafe_to_reach([ann.pk], email=MAIL) == DANGER_THERE
    assert not is_danger_where([ann.pk], [ann.pk])
    assert is_danger_where([gran.pk], [ann.pk])
    [says] = cautions([ann.pk], by=joanna)
    assert f"Do not ring or text {NUMBER}: it is theirs too. Do not write to {MAIL}: it is theirs too." in says


def test_it_is_directed_and_ends(hub, joanna, add, risk):
    ann, karl = add("Ann", telephone=NUMBER, **HOME), add("Karl", telephone="01632 960777", **HOME)
    row = risk(ann, karl)
    assert unsafe_to_reach([karl.pk], telephone="01632 960777") == "", "what is his is not hers"
    assert dangers_to([karl.pk]) == {}
    end_risk(row, by=hub.staff["hannah"], now=NOON, until=TODAY, because="He has died", version=1)
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == "" and cautions([ann.pk], by=joanna) == ()
    [line] = lines_of([ann.pk], by=joanna)
    assert (line.until, line.is_live) == (TODAY, False)
    with pytest.raises(Stale):
        end_risk(row, by=joanna, now=NOON, is_mistaken=True, because="x", version=1)
    end_risk(row, by=joanna, now=NOON, is_mistaken=True, because="Another Karl", version=2)
    assert lines_of([ann.pk], by=joanna) == ()
    assert "Another Karl" in {one.source for one in person_view(ann.pk, by=joanna).amendments}
    with pytest.raises(Http404):
        load_risk(row.pk, by=joanna)


def test_of_joined_records_each_heeds_it_and_it_ends_in_all(hub, joanna, add, risk):
    ann, again, karl = add("Ann"), add("Ann", telephone=NUMBER), add("Karl", telephone=NUMBER)
    row = risk(ann, karl)
    actions.say_same(ann, by=joanna, other=again)
    again.refresh_from_db()
    assert unsafe_to_reach([again.pk], telephone=NUMBER) == DANGER_THERE
    with pytest.raises(Refused, match="says this already"):
        risk(again, karl)
    end_risk(row, by=joanna, until=TODAY, because="x")
    assert risk(again, karl), "and can be said again"


def test_of_the_protected_nothing_is_said_that_tells_where_they_are(hub, joanna, add, risk):
    ann, karl = add("Ann", telephone=NUMBER, **HOME), add("Karl", telephone=NUMBER, **HOME)
    risk(ann, karl)
    actions.mark(ann, by=joanna, now=NOON, kind="do_not_disclose", agency=hub.agencies["police"])
    assert cautions([ann.pk], by=joanna)[0] == f"{SAYS} {ASK}"
    [line] = person_view(ann.pk, by=joanna).risks_from
    assert line.source == "Protected"
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == DANGER_THERE


def test_i6_nobody_of_that_home_receives_what_is_written_about_her(add, risk):
    ann, karl, gran = add("Ann"), add("Karl", **HOME), add("Gran", **HOME)
    assert near_of([ann.pk]) == frozenset()
    risk(ann, karl)
    assert near_of([ann.pk]) == near_of([ann.pk, karl.pk]) == {karl.pk, gran.pk}
    assert near_of([karl.pk]) == {gran.pk}


def test_whoever_knows_one_of_them_is_told_only_what_not_to_do(hub, add, risk):
    ann, karl = add("Ann", **HOME), add("Karl", **HOME)
    row, ruth = risk(ann, karl), hub.staff["ruth"]
    declare(karl, by=ruth, because="My cousin.")
    assert lines_of([ann.pk], by=ruth) == ()
    [says] = cautions([ann.pk], by=ruth)
    assert "Karl" not in says and "at risk" not in says and "Do not write to their home" in says
    assert unsafe_to_reach([ann.pk]) == "" and is_danger_where([ann.pk], [ann.pk])
    with pytest.raises(Http404):
        load_risk(row.pk, by=ruth)
    with pytest.raises(Refused, match="no such person"):
        risk(ann, karl, by="ruth")
    with pytest.raises(Refused):
        end_risk(row, by=ruth, until=TODAY, because="x")


@pytest.mark.parametrize("who", ["mary", "lewis", "gwen", "ellen", "amit"])
def test_nobody_who_may_not_know_her_says_or_sees_it(hub, add, risk, who):
    ann, karl = add("Ann"), add("Karl")
    with pytest.raises(Refused):
        risk(ann, karl, by=who)
    row = risk(ann, karl)
    with pytest.raises(Http404):
        load_risk(row.pk, by=hub.staff[who])
    with asked_by(hub.staff[who]):
        assert not RiskFrom.objects.exists(), "the wall says the same"
    assert lines_of([ann.pk], by=hub.staff[who]) == ()


def test_what_is_no_answer_is_refused(joanna, add, risk):
    ann, karl, there = add("Ann"), add("Karl"), add("Una", area="harrowmouth")
    for wrong, says in (({"because": " "}, "Enter why"), ({"source": " "}, "Enter who says so")):
        with pytest.raises(Refused, match=says):
            risk(ann, karl, **wrong)
    with pytest.raises(Refused, match="one person"):
        risk(ann, ann)
    with pytest.raises(Refused):
        risk(ann, there)
    row = risk(ann, karl, since=date(2026, 5, 1))
    for wrong, says in (
        ({"until": TODAY, "because": " "}, "Enter who says so, and why"),
        ({"because": "x"}, "Enter the day"),
        ({"because": "x", "until": date(2025, 1, 1)}, "before it began"),
    ):
        with pytest.raises(Refused, match=says):
            end_risk(row, by=joanna, **wrong)
    end_risk(row, by=joanna, until=TODAY, because="x")
    with pytest.raises(Refused, match="has ended already"):
        end_risk(row, by=joanna, until=TODAY, because="x")
