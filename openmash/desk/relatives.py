"""One person of a family as the enquiry page shows them: who they are to the children, their home, who was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from openmash.enquiries.codes import CONCERNS, RISK_FACTORS
from openmash.enquiries.queries import PartyLine
from openmash.gathering.covered import AskedAbout
from openmash.people.around import Around
from openmash.people.family import PairOf
from openmash.people.gaps import NO_GP, NO_SCHOOL
from openmash.people.queries import FamilyView
from openmash.people.relations import RELATIONS
from openmash.people.ties import MarkerLine

ANSWERED, ASKED, NOT_ASKED = "answered", "asked", "not"
NOT_NAMED = "Not named in this enquiry"

# What harms a child most when it comes together (M18), and the factors that stand for each.
TOGETHER = {
    "mental health": ("mental_health", "mh_parent", "mh_other"),
    "alcohol or drugs": ("alcohol", "drugs", "alcohol_parent", "alcohol_other", "drugs_parent", "drugs_other"),
    "domestic abuse": ("hurt_by_partner", "hurts_partner", "da_parent", "da_other"),
}
_PARENT = {"birth": "Parent", "step": "Step-parent", "foster": "Foster carer", "adoptive": "Adoptive parent"}


@dataclass(frozen=True)
class Check:
    """Whether agencies were asked about somebody: answered, asked or not; and which agencies."""

    state: str
    answered: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Someone:
    """One person of the family. `home` is a key of the family's households; `doubt` says where accounts differ."""

    lead: int
    name: str
    age: str
    is_child: bool
    is_unborn: bool
    is_dead: bool
    who: str
    home: str
    doubt: str
    factors: tuple[str, ...]
    markers: tuple[MarkerLine, ...]
    school: str
    gp: str
    legal_status: str
    note: str
    check: Check
    gaps: tuple[str, ...]
    is_named: bool
    known_as_child: int = 0

    @property
    def is_to_be_checked(self) -> bool:
        """Every adult who lives with a child is asked about, whoever they are (M53)."""
        return not self.is_child and not self.is_dead


def everyone(
    view: FamilyView,
    named: Mapping[int, PartyLine],
    known: Mapping[int, Around],
    records: Mapping[int, frozenset[int]],
    asked: tuple[AskedAbout, ...],
    whom: frozenset[int],
) -> tuple[Someone, ...]:
    """Everybody in the view, those whom the enquiry is about first, then those it names, then the rest."""
    homes, addresses = {one.lead: one.household for one in view.people}, dict(view.households)
    childs = next((homes[lead] for lead in named if lead in whom and homes.get(lead)), "")
    found = []
    for one in view.people:
        party, more = named.get(one.lead), known.get(one.lead)
        home, doubt = _home(party, one.household, childs, addresses)
        someone = Someone(
            lead=one.lead,
            name=one.name,
            age=one.age,
            is_child=_is_child(party, more),
            is_unborn=one.is_unborn,
            is_dead=one.is_dead,
            who=_to_child(party) if party else _tied(view, one.lead, named),
            home=home,
            doubt=doubt,
            factors=party.risk_factors if party else (),
            markers=more.markers if more else (),
            school=party.school if party else "",
            gp=party.gp if party else "",
            legal_status=party.legal_status if party else "",
            note=party.note if party else "",
            check=_check(records.get(one.lead, frozenset()), asked),
            gaps=_gaps(party, more),
            is_named=party is not None,
        )
        found.append(someone)
    order = list(named)
    return tuple(sorted(found, key=lambda one: order.index(one.lead) if one.is_named else len(order)))


def together(adults: Iterable[Someone]) -> tuple[str, ...]:
    """Which of the three that harm a child most are carried by these adults, when there are at least two."""
    carried = {factor for adult in adults for factor in adult.factors}
    found = tuple(
        name for name, keys in TOGETHER.items() if carried & {RISK_FACTORS.get(key, CONCERNS.get(key)) for key in keys}
    )
    return found if len(found) > 1 else ()


def near(view: FamilyView, kept: frozenset[int], named: frozenset[int]) -> FamilyView:
    """Only these people, and whoever is tied to one of the named: not the families of lodgers."""
    pairs = (*view.couples, *view.parents, *view.ties)
    keep = kept | {end for pair in pairs if {pair.a, pair.b} & named for end in (pair.a, pair.b)}

    def both(rows: tuple[PairOf, ...]) -> tuple[PairOf, ...]:
        return tuple(row for row in rows if {row.a, row.b} <= keep)

    people = tuple(one for one in view.people if one.lead in keep)
    lived_in = {one.household for one in people}
    return replace(
        view,
        people=people,
        couples=both(view.couples),
        parents=both(view.parents),
        ties=both(view.ties),
        households=tuple(home for home in view.households if home[0] in lived_in),
    )


def once_for_siblings(view: FamilyView) -> FamilyView:
    """A tie that somebody has to every child of the same parents, said once: "grandparent of all 4"."""
    parents: dict[int, set[int]] = {}
    for pair in view.parents:
        parents.setdefault(pair.b, set()).add(pair.a)
    siblings: dict[frozenset[int], set[int]] = {}
    for child, theirs in parents.items():
        siblings.setdefault(frozenset(theirs), set()).add(child)
    tied: dict[tuple[int, str], set[int]] = {}
    for tie in view.ties:
        tied.setdefault((tie.a, tie.kind), set()).add(tie.b)
    ties, said = [], set()
    for tie in view.ties:
        group = siblings.get(frozenset(parents.get(tie.b, ())), set()) - {tie.a}
        if len(group) < 2 or not group <= tied[tie.a, tie.kind]:
            ties.append(tie)
        elif (mark := (tie.a, tie.kind, frozenset(group))) not in said:
            said.add(mark)
            ties.append(replace(tie, kind=f"{tie.kind} all {len(group)}"))
    return replace(view, ties=tuple(ties))


def _is_child(party: PartyLine | None, more: Around | None) -> bool:
    """By their age; when nobody has told us that, by what the enquiry calls them."""
    if more and more.is_child is not None:
        return more.is_child
    return party is not None and party.role in ("child", "unborn")


def _home(party: PartyLine | None, recorded: str, childs: str, addresses: Mapping[str, str]) -> tuple[str, str]:
    """The household to show somebody in: whoever is said to live with the children is shown, and checked, there."""
    if party is None or party.lives_in_household is None or not childs:
        return recorded, ""
    if party.lives_in_household and recorded != childs:
        return childs, f"Recorded at {addresses[recorded]}" if recorded in addresses else ""
    if not party.lives_in_household and recorded == childs:
        return recorded, "The referrer says that they do not live here"
    return recorded, ""


def _to_child(party: PartyLine) -> str:
    return RELATIONS[party.relation].name if party.relation in RELATIONS else party.role_words


def _tied(view: FamilyView, lead: int, named: Mapping[int, PartyLine]) -> str:
    """How somebody whom the enquiry does not name belongs to those it does."""
    for pair in view.parents:
        if pair.a == lead and pair.b in named:
            return f"{_PARENT.get(pair.kind, 'Parent')} of {named[pair.b].name}"
        if pair.b == lead and pair.a in named:
            return f"Child of {named[pair.a].name}"
    for pair in view.couples:
        if lead in (pair.a, pair.b) and (other := pair.b if pair.a == lead else pair.a) in named:
            return f"{'Partner' if pair.kind == 'together' else 'Former partner'} of {named[other].name}"
    for pair in view.ties:
        if pair.a == lead and pair.b in named:
            return f"{pair.kind} {named[pair.b].name}".capitalize()
        if pair.b == lead and pair.a in named:
            return f"{named[pair.a].name} is {pair.kind} them"
    return NOT_NAMED


def _check(records: frozenset[int], asked: tuple[AskedAbout, ...]) -> Check:
    about = [one for one in asked if one.people & records]
    answered = tuple(dict.fromkeys(one.agency for one in about if one.is_answered))
    waiting = tuple(dict.fromkeys(one.agency for one in about if not one.is_answered))
    return Check(ANSWERED if answered else ASKED if waiting else NOT_ASKED, answered, waiting)


def _gaps(party: PartyLine | None, more: Around | None) -> tuple[str, ...]:
    """What nobody has told us, less what this enquiry itself says."""
    told = {NO_GP} if party and party.gp else set()
    told |= {NO_SCHOOL} if party and party.school else set()
    return tuple(gap for gap in more.gaps if gap not in told) if more else ()
