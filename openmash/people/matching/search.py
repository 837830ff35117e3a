"""Finding who a described person may be: by keys under one index, then scored here, best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce
from psycopg.types.json import Jsonb

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.audit.binding import asked_by
from openmash.people.given import GivenPerson
from openmash.people.kept import kept_from
from openmash.people.matching.described import Described, described
from openmash.people.matching.looking import Group, KnownTo, Who, look
from openmash.people.matching.rivals import weighed_together
from openmash.people.matching.rows import describe_groups
from openmash.people.matching.score import Scored, score
from openmash.people.matching.statistics import commonness
from openmash.people.matching.words import deaths
from openmash.people.models import Judgement, Person
from openmash.people.named import NO_NAME, NameLine, names_of
from openmash.people.whereabouts import protection

MOST_BY_NUMBER = 300
WORTH_SHOWING = 0.002  # who shares a common name with somebody of no known birth date is not much likelier


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the person asked about. `person` is the lead record; `band` is match, possible or low.

    `judged` is what somebody has said of the two already: same, different, or None. `known_to` are the agencies'
    records that are linked with theirs. `family` is how many others who were given with them their household holds.
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
    known_to: tuple[KnownTo, ...] = ()
    family: int = 0

    @property
    def because(self) -> str:
        """The reasons in one line: "Same surname; day and month of birth swapped"."""
        return _line(self.reasons)


@dataclass(frozen=True)
class Elsewhere:
    """Somebody who may be the person asked about, of whom agencies have records and the hub has none."""

    name: str
    born_on: date | None
    score: float
    band: str
    reasons: tuple[str, ...]
    known_to: tuple[KnownTo, ...]

    @property
    def because(self) -> str:
        return _line(self.reasons)


@dataclass(frozen=True)
class Answer:
    """Everybody found, best first. `is_truncated`: too many share what was asked, add a birth date or an address."""

    people: tuple[Candidate, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    is_truncated: bool = False


def candidates(of: GivenPerson | Person, *, by: Actor, limit: int = 20) -> list[Candidate]:
    """The people of the hub who this may be, best first: see `search`."""
    return list(search(of, by=by, limit=limit).people)


def search(of: GivenPerson | Person, *, by: Actor, limit: int = 20) -> Answer:
    """Who this may be, best first, among the hub's people and agencies' records that `by` may know of.

    A record is never its own candidate, nor is any record it has been joined to. The number of queries does not grow
    with the data. Source: design of person matching.
    """
    if not areas_known_to(by):
        return Answer()
    own = _own_records(of) if isinstance(of, Person) else {}
    asked = describe_groups(dict.fromkeys(own, 0)).get(0, Described()) if own else described(of)  # type: ignore[arg-type]
    with asked_by(by):  # once for both
        found = look(asked, by=by, without={*own, *kept_from(by)})
    guard = protection()
    them = {group: guard.shield(group.lead, one.described) for group, one in found.groups.items()}
    scored = _scored(asked, them)
    shown = list(scored)[:limit]
    leads = [group.lead for group in shown if group.lead]
    names, judged = names_of(leads), _judged(set(own), leads)
    places = describe_groups({lead: lead for lead in leads}) if leads else {}
    return Answer(
        tuple(
            _candidate(
                names[group.lead],
                guard.home_of(group.lead, places[group.lead]),
                scored[group],
                judged.get(group.lead),
                found.groups[group],
            )
            for group in shown
            if group.lead
        ),
        tuple(_elsewhere(found.groups[group], scored[group]) for group in shown if not group.lead),
        found.is_truncated,
    )


def _scored(asked: Described, them: dict[Who, Described]) -> dict[Who, Scored]:
    """Whoever is worth showing, the likeliest first, each weighed against the others."""
    known = commonness()
    alone = {who: score(asked, one, known) for who, one in them.items()}
    likely = weighed_together({who: one.score for who, one in alone.items()}, them, known)
    best = sorted(alone, key=lambda who: (-likely[who], -alone[who].score, who))
    return {
        who: replace(alone[who], score=likely[who], alone=alone[who].score)
        for who in best
        if alone[who].score >= WORTH_SHOWING
    }


def _line(reasons: tuple[str, ...]) -> str:
    says = "; ".join(reasons)
    return says[:1].upper() + says[1:]


def areas_known_to(by: Actor) -> frozenset[int]:
    """The areas whose people `by` may search; none for a part of the system or the public."""
    return by.areas_where(Permission.MATCH_PEOPLE) if isinstance(by, User) and by.is_active else frozenset()


def sharing_keys(keys: list[str], areas: Iterable[int], *, without: Iterable[int] = ()) -> dict[int, Described]:
    """By lead: everybody in these areas who shares a key, described with all their records; most keys shared first.

    At most `MOST_BY_NUMBER` records are looked at.
    """
    return each_sharing_keys([keys], areas, without=without)[0]


def each_sharing_keys(
    asked: Sequence[list[str]], areas: Iterable[int], *, without: Iterable[int] = ()
) -> list[dict[int, Described]]:
    """The same of several at once, in seven queries."""
    found = _leads_sharing(asked, list(areas), list(without))
    leads = {lead for one in found for lead in one}
    if not leads:
        return [{} for _ in found]
    rows = Person.objects.filter(Q(pk__in=leads) | Q(lead__in=leads), area__in=list(areas)).order_by("pk")
    described_by_lead = describe_groups(dict(rows.annotate(the_lead=_LEAD).values_list("pk", "the_lead")))
    return [{lead: described_by_lead[lead] for lead in one} for one in found]


_LEAD = Coalesce("lead_id", "pk")
_SHARING = """
SELECT asked.at, near.lead
FROM (
  SELECT a.at - 1 AS at, ARRAY(SELECT jsonb_array_elements_text(a.keys))::varchar(60)[] AS keys
  FROM jsonb_array_elements(%s) WITH ORDINALITY AS a (keys, at)
) asked
CROSS JOIN LATERAL openmash_people_sharing(asked.keys, %s::bigint[], %s::bigint[], %s) near
ORDER BY asked.at, near.shared DESC, near.person"""


def _leads_sharing(asked: Sequence[list[str]], areas: list[int], without: list[int]) -> list[dict[int, None]]:
    """Of each, in the order in which they share most keys."""
    found: list[dict[int, None]] = [{} for _ in asked]
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, [Jsonb(list(asked)), areas, without, MOST_BY_NUMBER])
        for at, lead in cursor.fetchall():
            found[at][lead] = None
    return found


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


def _candidate(name: NameLine, address: str, scored: Scored, judged: str | None, found: Group) -> Candidate:
    return Candidate(
        person=name.lead,
        name=name.name,
        age=name.age,
        born_on=name.born_on,
        sex=name.sex,
        address=address,
        score=round(scored.score, 4),
        band=scored.band,
        reasons=(*scored.reasons, *deaths(found.died)),
        judged=judged,
        known_to=found.known_to,
    )


def _elsewhere(found: Group, scored: Scored) -> Elsewhere:
    names, born = found.described.names, found.described.born
    return Elsewhere(
        name=" ".join(filter(None, names[0])) if names else NO_NAME,
        born_on=min(born, default=None),
        score=round(scored.score, 4),
        band=scored.band,
        reasons=(*scored.reasons, *deaths(found.died)),
        known_to=found.known_to,
    )
