"""What is done with the rules: adding up, answering a hit, setting an area's numbers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action
from openmash.audit.actors import System
from openmash.cumulative.models import Hit, Setting
from openmash.cumulative.policies import may_add_up, may_answer, may_set
from openmash.cumulative.shelf import RULES, Rule
from openmash.cumulative.stories import stories
from openmash.cumulative.story import Story
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.enquiries.workflow import CLOSED
from openmash.kit.settable import Numbers
from openmash.kit.verdict import no

ADDING_UP = System("The hub's adding up", frozenset({"add_up"}))
ANSWER_WITHIN_HOURS = 4
NEED = "cumulative"


@action(may=may_add_up, event="cumulative.added-up", lock=False)
def add_up(area: Area, *, by: System, now: datetime) -> Area:
    """Look at every open enquiry of an area through every rule that is on there. A new hit is a task with a clock."""
    rules = rules_of(area)
    open_now = list(Enquiry.objects.filter(area=area, is_held=False).exclude(status=CLOSED))
    told = stories(open_now, today=timezone.localdate(now))
    known = set(Hit.objects.filter(enquiry__in=open_now).values_list("enquiry_id", "rule"))
    for enquiry in open_now:
        enquiry.area = area
        for rule, numbers in rules.items():
            if (enquiry.pk, rule) not in known:
                _look(enquiry, told[enquiry.pk], RULES.get(rule), numbers, now)
    return area


def _look(enquiry: Enquiry, story: Story, rule: Rule, numbers: Numbers, now: datetime) -> None:
    evidence = rule.find(story, numbers)
    if not evidence:
        return
    says = rule.sentence(numbers)
    Hit.objects.create(enquiry=enquiry, rule=rule.key, says=says[:200], evidence="\n".join(evidence), at=now)
    raise_need(
        enquiry,
        NEED,
        f"Added up: {rule.name[0].lower()}{rule.name[1:]}",
        path=f"/enquiry/{enquiry.reference}/added-up/",
        due_at=enquiry.area.working_time.add_hours(now, ANSWER_WITHIN_HOURS),
        now=now,
        permission=Permission.RATE,
        about=rule.key,
        tell=now > timezone.now() - timedelta(days=1),
    )


def rules_of(area: Area) -> dict[str, dict[str, int]]:
    """The rules that are on in an area, each with the area's numbers."""
    set_here = {row.rule: row for row in Setting.objects.filter(area=area)}
    found = {}
    for rule in RULES.all():
        row = set_here.get(rule.key)
        if row is None or row.is_on:
            found[rule.key] = rule.usual() | (row.numbers if row else {})
    return found


@action(may=may_answer, event="cumulative.answered")
def answer(hit: Hit, *, by: User, now: datetime, agrees: bool, because: str) -> Hit:
    """A person looked: they act on it, or they do not, because. The suggestion and the reason are both kept (M14)."""
    hit.agrees, hit.because, hit.answered_by, hit.answered_at = agrees, because, by, now
    hit.save()
    says = "Acts on what was added up" if agrees else "Does not act on what was added up"
    note_step(hit.enquiry, "added-up", f"{says}: {RULES.get(hit.rule).name.lower()}", by=by, now=now, because=because)
    meet_need(hit.enquiry, NEED, by=by, now=now, about=hit.rule)
    return hit


@action(may=may_set, event="cumulative.set", keeps=("rule", "numbers", "is_on"), lock=False)
def set_rule(
    area: Area, *, by: User, now: datetime, rule: str, numbers: Mapping[str, int], is_on: bool, because: str
) -> Setting:
    """Set an area's numbers for a rule, or turn it off. Refused outside what makes sense."""
    if problem := RULES.get(rule).problem(numbers):
        raise Refused("cumulative.set", no(problem))
    facts = {"numbers": dict(numbers), "is_on": is_on, "because": because, "by": by, "at": now}
    row, is_new = Setting.objects.get_or_create(area=area, rule=rule, defaults=facts)
    if not is_new:
        for name, value in facts.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
    return row
