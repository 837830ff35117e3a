"""What has to be known before anybody of a family is rung, written to or visited: what is not safe, and who is there.

A number or an address that somebody once called unsafe stays unsafe until it is ended, whoever says otherwise since.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q
from django.db.models.functions import Coalesce

from openmash.audit.actors import Actor
from openmash.people.around import housemates
from openmash.people.kept import kept_from
from openmash.people.markers import BEWARE
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Contact, Marker
from openmash.people.named import NameLine, leads_of, names_of
from openmash.people.whereabouts import protection

_HOW = {"telephone": ("ring or text", "on", "number"), "email": ("write to", "at", "e-mail address")}
_USE = {"telephone": "Use", "email": "Write to"}


def cautions(people: Iterable[int], *, by: Actor) -> tuple[str, ...]:
    """One sentence or two for each thing not to do, for these people and everybody who lives with one of them now.

    Neither the number of somebody who is protected is shown, nor, of a home, who lives there and is protected: with
    whom they live tells where they are. Whoever is kept from the reader is "somebody". Thirteen queries at most,
    however many people.
    """
    asked = frozenset(people)
    leads = frozenset(leads_of(asked).values())
    if not leads:
        return ()
    guarded = protection().leads
    there = housemates(leads, by=by) - leads - guarded
    carriers = _carriers(leads | there)
    unsafe, instead = _contacts(asked, leads, by)
    names = names_of({*(lead for leads in carriers.values() for lead in leads), *(lead for lead, _, _ in unsafe)})
    if strangers := there & names.keys():
        names |= {lead: replace(names[lead], name="Somebody") for lead in strangers & kept_from(by)}
    return (
        *(_unsafe(names[lead], kind, value, instead[lead, kind], is_shown=lead not in guarded)
          for lead, kind, value in unsafe),
        *(words.format(who=_all([_who(names[lead], lead in there) for lead in carriers[kind]]))
          for kind, words in BEWARE.items() if carriers[kind]),
    )  # fmt: skip


def _carriers(leads: frozenset[int]) -> defaultdict[str, list[int]]:
    """By kind of marker: the leads who carry it now, each once."""
    rows = Marker.objects.filter(Q(person__in=leads) | Q(person__lead__in=leads), kind__in=BEWARE, until=None)
    pairs = rows.annotate(the_lead=Coalesce("person__lead_id", "person_id")).values_list("kind", "the_lead")
    found: defaultdict[str, list[int]] = defaultdict(list)
    for kind, lead in sorted(set(pairs)):
        found[kind].append(lead)
    return found


def _contacts(
    people: frozenset[int], leads: frozenset[int], by: Actor
) -> tuple[list[tuple[int, str, str]], defaultdict[tuple[int, str], str]]:
    """(lead, kind, value) of what is not safe, and by lead and kind what was called safe instead, the latest."""
    theirs = Q(person__in=people) | Q(person__area__in=areas_known_to(by)) & (
        Q(person__in=leads) | Q(person__lead__in=leads)
    )
    rows = Contact.objects.filter(theirs, until=None, is_safe__isnull=False, kind__in=_HOW).order_by("id")
    told = rows.annotate(the_lead=Coalesce("person__lead_id", "person_id"))
    lines = [(row.the_lead, row.kind, row.value, row.is_safe) for row in told]
    unsafe = list(dict.fromkeys(line[:3] for line in lines if not line[3]))
    instead: defaultdict[tuple[int, str], str] = defaultdict(str)
    instead |= {line[:2]: line[2] for line in lines if line[3] and line[:3] not in unsafe}
    return unsafe, instead


def _unsafe(who: NameLine, kind: str, value: str, instead: str, *, is_shown: bool) -> str:
    act, at, what = _HOW[kind]
    if not is_shown:
        return f"Do not {act} {who.name}: the {what} that was given is not safe. Ask the duty team."
    use = f" {_USE[kind]} {instead} instead." if instead else ""
    return f"Do not {act} {who.name} {at} {value}: it is not safe.{use}"


def _who(line: NameLine, lives_there: bool) -> str:
    return f"{line.name} (lives there)" if lives_there else line.name


def _all(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
