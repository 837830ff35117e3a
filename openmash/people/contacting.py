"""What has to be known before anybody of a family is rung, written to or visited: what is not safe, and who is there.

A number or an address that somebody once called unsafe stays unsafe until it is ended, whoever says otherwise since.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import Q
from django.db.models.functions import Coalesce

from openmash.audit.actors import Actor
from openmash.people.around import housemates, living_with
from openmash.people.kept import kept_from
from openmash.people.markers import BEWARE
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Contact, Marker
from openmash.people.named import NameLine, leads_of, names_of
from openmash.people.pairs import records_with
from openmash.people.risks import dangers_to, risk_lines, risks_told
from openmash.people.telephones import contact_key
from openmash.people.whereabouts import protection

_HOW = {"telephone": ("ring or text", "on", "number"), "email": ("write to", "at", "e-mail address")}
_USE = {"telephone": "Use", "email": "Write to"}


def cautions(people: Iterable[int], *, by: Actor) -> tuple[str, ...]:
    """One sentence or two for each thing not to do, for these people and everybody who lives with one of them now.

    Neither the number of somebody who is protected is shown, nor, of a home, who lives there and is protected: with
    whom they live tells where they are. Whoever is kept from the reader is "somebody".
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
        *_dangers(leads, instead, guarded, by),
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
    lines = [(row.the_lead, row.kind, row.value, row.is_safe, row.hours) for row in told]
    unsafe = list(dict.fromkeys(line[:3] for line in lines if not line[3]))
    instead: defaultdict[tuple[int, str], str] = defaultdict(str)
    for lead, kind, value, is_safe, hours in lines:
        if is_safe and (lead, kind, value) not in unsafe:
            when = f" ({hours.rstrip('.')})" if hours else ""
            instead[lead, kind] = f"{_USE[kind]} {value} instead{when}."
    return unsafe, instead


def _dangers(
    leads: frozenset[int], instead: Mapping[tuple[int, str], str], guarded: frozenset[int], by: Actor
) -> tuple[str, ...]:
    """For each who is at risk from somebody: from whom, where nothing is sent because of it, and what is safe."""
    dangers = dangers_to(leads)
    if not dangers:
        return ()
    names = names_of(dangers)
    return tuple(
        says for lead, whom in sorted(dangers.items()) if (says := _danger(names[lead], whom, instead, guarded, by))
    )


def _danger(
    who: NameLine, whom: frozenset[int], instead: Mapping[tuple[int, str], str], guarded: frozenset[int], by: Actor
) -> str:
    """Whoever may not know from whom is told only what not to do; of the protected nothing that tells where."""
    told = [line.name for line in risk_lines(risks_told(records_with([who.lead]), by=by)) if line.is_live]
    is_shown = who.lead not in guarded and not whom & guarded
    says = []
    if is_shown and whom & living_with([who.lead]):
        says.append("Do not write to their home or visit it unplanned: whoever is a danger lives there.")
    if is_shown:
        says += [f"Do not {_HOW[kind][0]} {value}: it is theirs too." for kind, value in _shared(who.lead, whom)]
    if told:
        both = _all(told)
        says.insert(0, f"{who.name} is at risk from {both}. Pass nothing on to {both} or to whoever lives with them.")
    elif says:
        says.insert(0, f"Take care how {who.name} is reached.")
    else:
        return ""
    safe = [instead[who.lead, kind] for kind in _HOW if instead.get((who.lead, kind))]
    if who.lead in guarded or not safe:
        safe = ["Ask the duty social worker how to reach them."]
    return " ".join([*says, *safe])


def _shared(lead: int, whom: frozenset[int]) -> list[tuple[str, str]]:
    """The numbers and addresses of somebody that are also of whoever is a danger, or of somebody else in that home."""
    others = living_with(whom) - {lead}
    either = Q(person__in=others | {lead}) | Q(person__lead__in=others | {lead})
    rows = Contact.objects.filter(either, until=None, kind__in=_HOW).order_by("id")
    told = rows.annotate(the_lead=Coalesce("person__lead_id", "person_id"))
    found = [(row.the_lead, row.kind, row.value) for row in told]
    theirs = {contact_key(kind, value) for whose, kind, value in found if whose in others}
    hers = {contact_key(kind, value): (kind, value) for whose, kind, value in found if whose == lead}
    return [pair for key, pair in hers.items() if key in theirs]


def _unsafe(who: NameLine, kind: str, value: str, instead: str, *, is_shown: bool) -> str:
    act, at, what = _HOW[kind]
    if not is_shown:
        return f"Do not {act} {who.name}: the {what} that was given is not safe. Ask the duty team."
    return f"Do not {act} {who.name} {at} {value}: it is not safe. {instead}".strip()


def _who(line: NameLine, lives_there: bool) -> str:
    return f"{line.name} (lives there)" if lives_there else line.name


def _all(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
