"""What the form of a release offers: recipients, the items that its drafter may read, and whom those name besides."""

from dataclasses import dataclass

from openmash.agencies.models import Team
from openmash.agencies.queries import holders
from openmash.agencies.roles import ROLES, Permission
from openmash.design.moments import day
from openmash.disclosure.drawing_up import Sealed
from openmash.disclosure.mentions import Outsider, outsiders_of
from openmash.disclosure.policies import may_be_chosen
from openmash.enquiries.models import Enquiry
from openmash.intelligence.actions import SealedItem
from openmash.intelligence.codes import DEPENDABLE, HANDLING, KNOWN_HOW, NATURES, SENSITIVITIES
from openmash.kit.verdict import Verdict
from openmash.people.queries import NameLine, names_of

Grouped = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Choosable:
    """One item that could be released, with all that a drafter has to weigh. `may` says why it cannot leave at all."""

    number: int
    agency: str
    words: str
    when: str
    about: str
    grades: tuple[str, ...]
    sensitivity: str
    reference: str
    is_sealed: bool
    needs_owner: bool
    may: Verdict


@dataclass(frozen=True)
class Named:
    """Somebody outside the enquiry whom one of the items names or speaks of."""

    lead: int
    name: str


def choosable(enquiry: Enquiry, sealed: Sealed) -> tuple[Choosable, ...]:
    """Every item the drafter reads, in the order of the sealed room. Nothing is preselected."""
    names = names_of({person for item in sealed.values() for person in item.people})
    return tuple(_choosable(item, names, enquiry) for item in sealed.values())


def _choosable(item: SealedItem, names: dict[int, NameLine], enquiry: Enquiry) -> Choosable:
    grades = (NATURES[item.nature], DEPENDABLE[item.dependable], KNOWN_HOW[item.known_how], HANDLING[item.handling])
    return Choosable(
        number=item.number,
        agency=item.agency,
        words=item.words,
        when=day(item.happened_on, "Date not known"),
        about=", ".join(sorted({names[person].name for person in item.people})) or "Not said",
        grades=(*grades, item.conditions) if item.conditions else grades,
        sensitivity=SENSITIVITIES[item.sensitivity],
        reference=item.reference if item.enquiry != enquiry.pk else "",
        is_sealed=item.sensitivity == "X",
        needs_owner=item.sensitivity != "G" or item.handling != "P",
        may=may_be_chosen(item),
    )


def named_besides(enquiry: Enquiry, sealed: Sealed) -> tuple[Named, ...]:
    """Everyone outside the enquiry whom an item that could be released names or speaks of (I7)."""
    items = [item for item in sealed.values() if may_be_chosen(item)]
    people = {person for item in items for person in item.people}
    about = {names.lead for names in names_of(people).values()}
    return tuple(
        Named(outsider.lead, outsider.name)
        for outsider in outsiders_of(enquiry, also=people)
        if outsider.lead in about or _is_named(outsider, items)
    )


def _is_named(outsider: Outsider, items: list[SealedItem]) -> bool:
    return any(outsider.is_named_in(item.words) for item in items)


def recipients(area: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everyone who receives releases in an area, grouped by agency, as the choices of a select ("user-team").

    Each stands with their team: three who manage an assessment team are told apart by nothing else.
    """
    users = holders(Permission.RECEIVE_RELEASE, areas=[area]).select_related("agency")
    teams = dict(Team.objects.values_list("pk", "name"))
    groups: dict[str, list[tuple[str, str]]] = {}
    for user in users.order_by("agency__name", "name"):
        for role, place, team in user.postings_now:
            if place == area and Permission.RECEIVE_RELEASE in ROLES[role].may:
                who = ", ".join(filter(None, [user.name, user.job_title, teams.get(team or 0, "")]))
                groups.setdefault(user.agency.name, []).append((f"{user.pk}-{team or 0}", who))
    return list(groups.items())
