"""The seven lists of Annex A that the hub reads: what each must have, and what it tells of a child."""

from collections.abc import Callable
from dataclasses import dataclass

from openmash.feeds.annex_a_story import Child, Line
from openmash.feeds.formats.events import event_key
from openmash.feeds.shelf import SentEvent

CHILD = "Child Unique ID"
_WHO = ((CHILD,), ("Sex", "Gender"), ("Date of Birth",))


@dataclass(frozen=True)
class List:
    """One list. `main` is the heading of the date without which the list has no use."""

    name: str
    what: str
    main: str
    says: str
    tell: Callable[[Child, Line], None]

    @property
    def needed(self) -> tuple[tuple[str, ...], ...]:
        return (*_WHO, (self.main,))


def _contact(child: Child, line: Line) -> None:
    source = line.says("source", "Contact Source") or "an unknown source"
    _event(child, line, "Date of Contact", f"Contact to children's social care from {source}", "contact", source)


def _early_help(child: Child, line: Line) -> None:
    by = line.text("Organisation completing assessment")
    done = child.day(line, "Assessment completion date")
    words = f"Early help assessment by {by}" if by else "Early help assessment"
    _event(child, line, "Assessment start date", words, "assessment", until="Assessment completion date")
    child.stands(line, "early_help", child.day(line, "Assessment start date"), done)


def _referral(child: Child, line: Line) -> None:
    source = line.says("source", "Referral Source") or "an unknown source"
    ended = ", which ended in no further action" if line.says("yes_no", "Referral NFA?") == "yes" else ""
    words = f"Referral to children's social care from {source}{ended}"
    _event(child, line, "Date of referral", words, "contact", source)


def _assessment(child: Child, line: Line) -> None:
    start, end = "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"
    _event(child, line, start, "Social work assessment", "assessment", until=end)
    child.stands(line, "assessment", child.day(line, start), child.day(line, end))


def _section_47(child: Child, line: Line) -> None:
    began = "Strategy discussion initiating Section 47 Enquiry Start Date"
    _event(child, line, began, "Section 47 enquiry began with a strategy discussion", "assessment")
    plan = line.says("yes_no", "Did the Initial Child Protection Conference Result in a Child Protection Plan")
    led = {"yes": ": it led to a child protection plan", "no": ": no child protection plan"}.get(plan, "")
    conference = "Date of Initial Child Protection Conference"
    _event(child, line, conference, f"Initial child protection conference{led}", "assessment", "conference")


def _in_need(child: Child, line: Line) -> None:
    need = line.says("need", "Primary Need Code")
    words = f"Child in need: {need[0].lower()}{need[1:]}" if need else "Child in need"
    _event(child, line, "CIN Start Date", words, "assessment", until="CIN Closure Date")
    status = line.says("case_status", "Case Status") or "cin"
    child.stands(line, status, child.day(line, "CIN Start Date"), child.day(line, "CIN Closure Date"))


def _protected(child: Child, line: Line) -> None:
    start, end = "Child Protection Plan Start Date", "Child Protection Plan End Date"
    abuse = line.says("abuse", "Latest Category of Abuse", "Initial Category of Abuse")
    _event(child, line, start, f"Child protection plan{': ' + abuse if abuse else ''}", "assessment", until=end)
    child.stands(line, "cp", child.day(line, start), child.day(line, end))


def _event(child: Child, line: Line, on: str, words: str, kind: str, apart: str = "", until: str = "") -> None:
    """A dated fact, if it is dated. The same list, day and source is the same event, however it ended."""
    day = child.day(line, on)
    if day:
        end = child.day(line, until) if until else None
        child.event(SentEvent(event_key(line.kind.name, day, apart), day, words, end, kind))


LISTS = {
    kind.name: kind
    for kind in (
        List("List 1", "Contacts", "Date of Contact", "Contacts, with their source", _contact),
        List("List 2", "Early help", "Assessment start date", "Early help assessments, and who did them", _early_help),
        List("List 3", "Referrals", "Date of referral", "Referrals, with their source and team", _referral),
        List("List 4", "Assessments", "Continuous Assessment Start Date", "Social work assessments", _assessment),
        List(
            "List 5",
            "Section 47",
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Section 47 enquiries and initial child protection conferences",
            _section_47,
        ),
        List("List 6", "Children in need", "CIN Start Date", "Children in need, with need and status", _in_need),
        List("List 7", "Protection plans", "Child Protection Plan Start Date", "Protection plans", _protected),
    )
}
