"""The parts of the MASH Information Record: what its reader may see of one enquiry, in words (M30)."""

from collections.abc import Iterator
from datetime import date, datetime

from openmash.agencies.models import User
from openmash.allocation.queries import summary as handed_on
from openmash.decisions.queries import DecisionLine
from openmash.decisions.queries import summary as decided
from openmash.design.document import Block, Facts, Grid, Heading, Points, Section, Words
from openmash.design.moments import day, local, moment
from openmash.desk.chronology import KIND_WORDS, family_lines
from openmash.desk.family import Family, family
from openmash.desk.relatives import Someone
from openmash.disclosure.queries import summary as released
from openmash.enquiries.codes import RATINGS
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import Header, Story, header, story
from openmash.gathering.queries import RequestLine
from openmash.gathering.queries import summary as asked
from openmash.intelligence.codes import SENSITIVITIES, grade_words
from openmash.people.chronology import Line, before_last_12_months, by_year
from openmash.people.queries import names_of

NOT_TOLD = "Not told"
_STATES = {
    "waiting": "Not answered yet",
    "late": "Not answered, and late",
    "answered": "Answered",
    "nothing_known": "Nothing known",
    "withdrawn": "Withdrawn",
}


def sections(enquiry: Enquiry, *, by: User, now: datetime) -> tuple[Section, ...]:
    """Everything that `by` may see of the enquiry, part by part. A part that is not theirs says so."""
    people = family(enquiry, by=by, now=now)
    return (
        Section("How it stands", tuple(_standing(header(enquiry, by=by, now=now)))),
        Section("What the referrer said", tuple(_worry(story(enquiry, by=by)))),
        Section("People and family", tuple(_people(people))),
        Section("Who was asked, and who answered", tuple(_asked(enquiry, by, now))),
        Section("Combined chronology", tuple(_chronology(enquiry, by, local(now).date()))),
        Section("What was decided, and why", tuple(_decided(enquiry, by, now))),
        Section("What was handed on and released", tuple(_out(enquiry, by, now))),
        Section("What nobody has told us", tuple(_missing(people))),
    )


def _standing(head: Header) -> Iterator[Block]:
    clocks = [(clock.label, f"By {moment(clock.due_at)}") for clock in head.clocks]
    more = [("Fast track", head.fast_track_because)] if head.is_fast_track else []
    more += [("Clock paused", head.paused_because)] if head.is_paused else []
    more += [("Restricted", "Yes")] if head.is_restricted else []
    yield _facts(
        ("Reference", head.reference),
        ("Area", ", ".join(filter(None, [head.area, head.locality]))),
        ("Received", moment(head.received_at)),
        ("Stage", head.status_words),
        ("Rating", RATINGS.get(head.rating, "Not rated")),
        ("Next mover", head.next_mover or "Nobody: it is closed"),
        *clocks,
        *more,
    )


def _worry(said: Story) -> Iterator[Block]:
    yield Words(said.worry)
    who = said.referrer
    name = "Withheld from your role" if who.is_name_withheld else who.name or NOT_TOLD
    yield _facts(
        ("Concerns", ", ".join(said.concerns) or NOT_TOLD),
        *said.answers,
        ("Came from", f"{said.source}, by {said.channel.lower()}"),
        ("Referrer", ", ".join(filter(None, [name, who.role, who.organisation]))),
        ("Family told", said.told_family),
        ("Family agrees", said.agreement),
    )
    if who.keep_name_from_family:
        yield Words("The referrer's name must not reach the family.")


def _people(people: Family) -> Iterator[Block]:
    for home in people.homes:
        about = " (home of whom this is about)" if home.is_childs else ""
        yield Grid(
            f"{home.address}{about}",
            ("Name", "Age", "Who", "Risks and statuses", "Agencies asked"),
            tuple(_person(one) for one in home.people),
            (4, 3, 3, 5, 6),
        )
        if home.together:
            yield Words(f"{', '.join(home.together).capitalize()}: they come together in this home.")
    if people.unchecked and people.was_anybody_asked:
        yield Words(f"Live there and were not asked about: {', '.join(one.name for one in people.unchecked)}.")
    if people.children:
        rows = tuple(
            (one.name, one.school or NOT_TOLD, one.gp or NOT_TOLD, one.legal_status or NOT_TOLD)
            for one in people.children
        )
        yield Grid("The children", ("Name", "School, nursery or college", "GP", "Legal status"), rows)
    if people.picture:
        yield Heading("How they belong together")
        yield Points(people.picture.text)
    if people.network:
        yield Grid("Who works with them", ("Agency", "Who", "Contact", "Works with", "Last saw them"), tuple(
            (one.line.agency, ", ".join(filter(None, [one.line.name, one.line.role])) or NOT_TOLD,
             one.line.contact or NOT_TOLD, ", ".join(one.works_with), day(one.line.last_seen, NOT_TOLD))
            for one in people.network
        ))  # fmt: skip
    if people.others:
        rows = tuple(
            (
                day(one.line.received_at),
                one.line.reference if one.line.may_open else one.line.area,
                ", ".join(one.about),
                ", ".join(one.line.concerns) or "Not recorded",
                one.line.status_words,
            )
            for one in people.others
        )
        yield Grid("Other enquiries about them", ("Received", "Reference", "People here", "About", "Stage"), rows)


def _person(one: Someone) -> tuple[str, ...]:
    carried = [*one.factors, *(f"{marker.says} ({marker.agency})" for marker in one.markers)]
    many = f"{len(one.factors)} factors together: " if len(one.factors) > 1 else ""
    checked = f"Answered: {', '.join(one.check.answered)}" if one.check.answered else ""
    waiting = f"Waiting for: {', '.join(one.check.waiting)}" if one.check.waiting else ""
    about = "; ".join(filter(None, [checked, waiting])) or ("Not asked about" if one.is_to_be_checked else "")
    who = "\n".join(filter(None, [one.who, one.doubt, one.note]))
    return (
        one.name + (" (has died)" if one.is_dead else ""),
        one.age or "Not known",
        who,
        many + "; ".join(carried) if carried else "None recorded",
        about,
    )


def _asked(enquiry: Enquiry, by: User, now: datetime) -> Iterator[Block]:
    requests = asked(enquiry, by=by, now=now)
    if requests.basis:
        yield Heading("The basis for asking")
        yield _facts(*requests.basis.rows, ("Recorded", f"By {requests.basis.by}, {moment(requests.basis.at)}"))
    if not requests.lines:
        yield Words("No agency has been asked.")
        return
    yield Grid(
        "Agencies asked",
        ("Agency", "Why", "Asked", "Due", "How it stands"),
        tuple(_request(line) for line in requests.lines),
        (4, 6, 4, 4, 5),
    )


def _request(line: RequestLine) -> tuple[str, ...]:
    stands = [_STATES[line.state], moment(line.answered_at) if line.answered_at else "", line.systems, line.sealed]
    stands.append(f"Rates it {line.rating}" if line.rating else "")
    return line.agency, line.because, moment(line.asked_at), moment(line.due_at), ". ".join(filter(None, stands))


def _chronology(enquiry: Enquiry, by: User, today: date) -> Iterator[Block]:
    whole, records = family_lines(enquiry, by)
    names = {lead: line.name for lead, line in names_of(records).items()}
    before = before_last_12_months(whole, today)
    yield Words(f"{len(whole)} lines, whatever their date. Before the last 12 months: {before}.")
    years = by_year(whole, "incident")
    if years:
        counted = ", ".join(f"{count} in {year}" for year, count in years.items() if count)
        yield _facts(
            ("Incidents by year", f"{counted}. None in the years between." if 0 in years.values() else counted)
        )

    def row(line: Line) -> tuple[str, ...]:
        whom = [names.get(lead, "") for lead, numbers in records.items() if numbers & set(line.people)]
        on = day(line.on, "No date") + (f" to {day(line.until)}" if line.until else "")
        rated = f" Rated {line.rating}." if line.rating else ""
        sensitivity = SENSITIVITIES.get(line.sensitivity, "")
        grade = f"{sensitivity} {line.grade}: {grade_words(line.grade)}".strip() if line.grade else ""
        other = line.enquiry_reference if line.enquiry_reference != enquiry.reference else ""
        source = ", ".join(filter(None, [line.source, other]))
        kind = KIND_WORDS.get(line.kind, line.kind.capitalize())
        return on, f"{kind}. {line.what}{rated}", ", ".join(filter(None, whom)), source, grade

    yield Grid(
        "Every line, earliest first",
        ("Date", "What", "About", "From", "Grade"),
        tuple(row(line) for line in whole),
        (5, 10, 5, 5, 3),
    )


def _decided(enquiry: Enquiry, by: User, now: datetime) -> Iterator[Block]:
    found = decided(enquiry, by=by, now=now)
    if not found.decisions:
        yield Words("Nothing has been decided yet.")
    for line in found.decisions:
        yield from _decision(line)
    for more in found.continuations:
        yield _facts(
            ("Research continues", f"{more.because} Next: {more.next_step}"),
            ("Recorded", f"By {more.by}, {moment(more.at)}"),
        )
    for told in found.feedback:
        yield _facts(
            ("The referrer", told.words or f"Not told: {told.because}"),
            ("How", ", ".join(filter(None, [told.how, told.said_to]))),
            ("Recorded", f"By {told.by}, {moment(told.at)}"),
        )


def _decision(line: DecisionLine) -> Iterator[Block]:
    yield Heading(f"Decision {line.number}, {moment(line.at)}, by {line.by}")
    direct = [("Without research", line.direct)] if line.direct else []
    looks = [("Looks like", "; ".join(line.looks_like))] if line.looks_like else []
    yield _facts(("Safeguarding", line.concern), ("Level of need", line.level), *direct, *looks, *line.words)
    yield Grid("Outcomes", ("Outcome", "Owner", "What is asked", "Within"), tuple(
        (one.label, one.owner, one.what, one.within) for one in line.outcomes
    ))  # fmt: skip
    if line.pins:
        rows = tuple(
            (
                f"{'Against: ' if pin.is_contrary else ''}{pin.point}",
                day(pin.on, "No date"),
                pin.what,
                pin.about,
                pin.source,
            )
            for pin in line.pins
        )
        yield Grid(
            "What it rests on", ("Point", "Date", "Line of the chronology", "About", "From"), rows, (5, 3, 7, 4, 4)
        )
    if line.advice:
        rows = tuple((one.agency, one.says, one.because) for one in line.advice)
        yield Grid("What each agency advised", ("Agency", "Advice", "Why"), rows)
    if line.gaps:
        yield Heading("Not known when it was decided")
        yield Points(line.gaps)
    if line.late:
        rows = tuple((one.agency, moment(one.came_at), one.did or "Not answered yet", one.because) for one in line.late)
        yield Grid("Answers that came afterwards", ("Agency", "Came", "What was done", "Why"), rows)


def _out(enquiry: Enquiry, by: User, now: datetime) -> Iterator[Block]:
    handed = handed_on(enquiry, by=by, now=now)
    if handed.lines:
        rows = tuple(
            (one.outcome, one.owner, moment(one.handed_at),
             f"By {one.worker or one.acknowledged_by}, {moment(one.acknowledged_at)}" if one.acknowledged_at else
             one.state.replace("-", " ").capitalize())
            for one in handed.lines
        )  # fmt: skip
        yield Grid("Handed on", ("Outcome", "To", "When", "Acknowledged"), rows)
    else:
        yield Words("Nothing has been handed on.")
    found = released(enquiry, by=by, now=now)
    if not found.may_look:
        yield Words("What was released is not shown to your role.")
        return
    if found.lines:
        rows = tuple((one.recipient, one.purpose, one.status_words, moment(one.at)) for one in found.lines)
        yield Grid("Released", ("To", "Purpose", "How it stands", "When"), rows)
    if found.not_shared:
        rows = tuple((one.to_whom, one.because, one.by_name, moment(one.at)) for one in found.not_shared)
        yield Grid("Decided not to share", ("With", "Because", "By", "When"), rows)
    if not found.lines and not found.not_shared:
        yield Words("Nothing has been released.")


def _missing(people: Family) -> Iterator[Block]:
    if people.gaps:
        yield _facts(*((gap, ", ".join(names)) for gap, names in people.gaps))
    else:
        yield Words("Everything that is asked of each of them is known.")


def _facts(*rows: tuple[str, str]) -> Facts:
    return Facts(rows)
