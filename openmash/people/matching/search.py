"""Finding who a described person may be: by keys under one index, then scored here, best first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Func, IntegerField, Q, Value
from django.db.models.functions import Coalesce

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.people.given import GivenPerson
from openmash.people.matching.described import Described, described
from openmash.people.matching.keys import search_keys
from openmash.people.matching.rows import describe_groups
from openmash.people.matching.score import Scored, score
from openmash.people.models import Judgement, Person
from openmash.people.named import NameLine, names_of

MOST_COMPARED = 300
WORTH_SHOWING = 0.05


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the person asked about. `person` is the lead record; `band` is match, possible or low.

    `judged` is what somebody has said of the two already: same, different, or None.
    """

    person: int
    name: str
    age: str
    born_on: date | None
    sex: str
    address: str
    score: float
    band: str
    reasons: tuple[str, ...]
    judged: str | None

    @property
    def because(self) -> str:
        """The reasons in one line: "Same surname; day and month of birth swapped"."""
        says = "; ".join(self.reasons)
        return says[:1].upper() + says[1:]


def candidates(of: GivenPerson | Person, *, by: Actor, limit: int = 20) -> list[Candidate]:
    """Who this may be, best first, among the people of the areas in which `by` may match people.

    A record is never its own candidate, nor is any record it has been joined to. The number of queries does not grow
    with the data. Source: design of person matching.
    """
    areas = areas_known_to(by)
    own = _own_records(of) if isinstance(of, Person) else {}
    asked = describe_groups(dict.fromkeys(own, 0)).get(0, Described()) if own else described(of)  # type: ignore[arg-type]
    found = sharing_keys(search_keys(asked), areas, without=own)
    scored = {lead: score(asked, them) for lead, them in found.items()}
    best = sorted(scored, key=lambda lead: (-scored[lead].score, lead))
    shown = [lead for lead in best if scored[lead].score >= WORTH_SHOWING][:limit]
    names, judged = names_of(shown), _judged(set(own), shown)
    return [_candidate(names[lead], found[lead], scored[lead], judged.get(lead)) for lead in shown]


def areas_known_to(by: Actor) -> frozenset[int]:
    """The areas whose people `by` may search; none for a part of the system or the public."""
    return by.areas_where(Permission.MATCH_PEOPLE) if isinstance(by, User) and by.is_active else frozenset()


def sharing_keys(keys: list[str], areas: Iterable[int], *, without: Iterable[int] = ()) -> dict[int, Described]:
    """By lead: everybody in these areas who shares a key, described with all their records; most keys shared first.

    At most `MOST_COMPARED` records are looked at.
    """
    if not keys:
        return {}
    lead = Coalesce("lead_id", "pk")
    here = Person.objects.filter(area__in=areas, keys__overlap=keys).exclude(pk__in=list(without))
    rows = here.annotate(the_lead=lead).order_by(_shared(keys).desc(), "pk").values_list("the_lead", flat=True)
    leads = dict.fromkeys(rows[:MOST_COMPARED])
    together = (
        Person.objects.filter(Q(pk__in=leads) | Q(lead__in=leads), area__in=areas)
        .order_by("pk")
        .annotate(the_lead=lead)
    )
    described_by_lead = describe_groups(dict(together.values_list("pk", "the_lead")))
    return {lead: described_by_lead[lead] for lead in leads}


def _shared(keys: list[str]) -> Func:
    """How many of these keys a record is stored under."""
    words = ArrayField(CharField(max_length=60))
    return Func(
        "keys",
        Value(keys, output_field=words),
        template="cardinality(ARRAY(SELECT unnest(%(expressions)s)))",
        arg_joiner=") INTERSECT SELECT unnest(",
        output_field=IntegerField(),
    )


def _own_records(person: Person) -> dict[int, int]:
    lead = person.lead_id_or_own
    return dict(Person.objects.filter(Q(pk=lead) | Q(lead=lead)).values_list("pk", "pk"))


def _judged(own: set[int], leads: list[int]) -> dict[int, str]:
    """What was said of any of our records and any record of theirs, by their lead."""
    if not own or not leads:
        return {}
    live = Judgement.objects.filter(undone_at=None).filter(Q(first__in=own) | Q(second__in=own))
    rows = live.values_list("first_id", "second_id", "says", "first__lead_id", "second__lead_id")
    said = {}
    for first, second, says, first_lead, second_lead in rows:
        said[(second_lead or second) if first in own else (first_lead or first)] = says
    return said


def _candidate(name: NameLine, them: Described, scored: Scored, judged: str | None) -> Candidate:
    address = them.homes[0].words if them.homes else ""
    return Candidate(
        person=name.lead,
        name=name.name,
        age=name.age,
        born_on=name.born_on,
        sex=name.sex,
        address=address,
        score=scored.score,
        band=scored.band,
        reasons=scored.reasons,
        judged=judged,
    )
