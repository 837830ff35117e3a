"""Draws up the product of a release from its rows and from what the sealed room gave the one who asks."""

from collections.abc import Mapping, Sequence

from openmash.agencies.models import Team, User
from openmash.design.moments import day
from openmash.disclosure.checks import FinalText, leave_out
from openmash.disclosure.codes import PURPOSES, REDACTED_BECAUSE
from openmash.disclosure.held_against import kin_of, who_told
from openmash.disclosure.mentions import outsiders_of, people_of
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.product import NOT_WRITTEN, Product, Statement
from openmash.enquiries.queries import parties
from openmash.enquiries.whereabouts import whereabouts_of
from openmash.intelligence.actions import SealedItem
from openmash.intelligence.codes import DEPENDABLE, HANDLING, KNOWN_HOW, NATURES, SENSITIVITIES
from openmash.people.queries import NameLine, leads_of, names_of
from openmash.triage.codes import GATEWAYS, LAWFUL_BASES

Sealed = Mapping[int, SealedItem]


def draw_up(release: Release, rows: Sequence[ReleaseItem], sealed: Sealed) -> Product:
    """The product as it stands. Only people of the enquiry, and people individually justified, are named by us."""
    enquiry = release.enquiry
    namable = people_of(enquiry) | _justified(release)
    return Product(
        hub=enquiry.area.hub_name,
        telephone=enquiry.area.telephone,
        reference=enquiry.reference,
        recipient=who(release.recipient, release.team),
        purpose=PURPOSES[release.purpose],
        purpose_words=release.purpose_words,
        why_them=release.why_them,
        basis=f"{LAWFUL_BASES[release.lawful_basis]}; {GATEWAYS[release.gateway]}",
        family=_told(release),
        expires_at=release.expires_at,
        children=_children(enquiry.pk),
        summary=release.summary,
        statements=tuple(_statement(row, sealed[row.item_id], namable) for row in rows),
        conditions=release.conditions,
    )


def final_text(release: Release, rows: Sequence[ReleaseItem], sealed: Sealed, product: Product, text: str) -> FinalText:
    """The text together with all that it is checked against, as far as the one who asks may read it."""
    chosen = {row.item_id: row for row in rows}
    people = {number for item in sealed.values() for number in item.people}
    leads = leads_of(people)
    outsiders = outsiders_of(release.enquiry, also=people)
    whole = [row.item_id for row in rows if row.form == ReleaseItem.FULL and row.redacted_because != "third_party"]
    typed = (release.purpose_words, release.why_them, release.told_family_words, release.conditions, release.summary)
    return FinalText(
        text=text,
        said="\n".join([*typed, *(item.words for item in product.statements)]),
        let_out=tuple(item.words for item in product.statements),
        kept_in=tuple(item.words for number, item in sealed.items() if number not in chosen),
        left_out=tuple(phrase for row in rows for phrase in row.redactions.splitlines()),
        outsiders=outsiders,
        about=frozenset(leads[person] for number in whole for person in sealed[number].people),
        justified=_justified(release),
        whereabouts=whereabouts_of(release.enquiry),
        referrer=who_told(release.enquiry, recipient=release.recipient),
        referrer_because=release.referrer_because,
        recipient=release.recipient.name,
        kin_of_recipient=kin_of(release.recipient, release.enquiry),
    )


def _justified(release: Release) -> frozenset[int]:
    return frozenset(leads_of(release.justified.values_list("person", flat=True)).values())


def who(user: User, team: Team | None) -> str:
    """A recipient in words: name, job, team and agency."""
    return ", ".join(filter(None, [user.name, user.job_title, team.name if team else "", user.agency.name]))


def words_as_they_leave(row: ReleaseItem, item: SealedItem) -> str:
    """What of an item would stand in the product: its words less what is left out, or its owner's own."""
    if row.form == ReleaseItem.WORDS:
        return row.words or NOT_WRITTEN
    return leave_out(item.words, row.redactions.splitlines())


def _statement(row: ReleaseItem, item: SealedItem, namable: frozenset[int]) -> Statement:
    names = names_of(item.people)
    return Statement(
        source=item.agency,
        words=words_as_they_leave(row, item),
        form="In full" if row.form == ReleaseItem.FULL else "In its owner's words",
        happened_on=item.happened_on,
        happened_until=item.happened_until,
        nature=NATURES[item.nature],
        dependable=DEPENDABLE[item.dependable],
        known_how=KNOWN_HOW[item.known_how],
        handling=HANDLING[item.handling],
        caveats=item.conditions,
        sensitivity=SENSITIVITIES[item.sensitivity],
        about=tuple(sorted({names[number].name for number in item.people if names[number].lead in namable})),
        left_out_because=REDACTED_BECAUSE[row.redacted_because] if row.redactions else "",
    )


def _told(release: Release) -> str:
    if release.told_family:
        return "Has been told that this is shared"
    return f"Has not been told that this is shared. {release.told_family_words}"


def _children(enquiry: int) -> tuple[str, ...]:
    """The children of the enquiry with their dates of birth, so that the recipient takes nobody for another."""
    lines = [line for line in parties(enquiry) if line.role in ("child", "unborn")]
    names = names_of([line.person for line in lines])
    return tuple(_child(names[line.person]) for line in lines)


def _child(line: NameLine) -> str:
    if line.born_on:
        return f"{line.name}, born {day(line.born_on)}"
    return f"{line.name}, due {day(line.due_on)}" if line.due_on else f"{line.name}, date of birth not known"
