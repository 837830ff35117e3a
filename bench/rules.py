"""`python -m bench.rules`: how fast small concerns are added up, over every enquiry of a county, by every rule.

`--size` is the county's enquiries. Five in a row are made one family first, so that there is something to add up, and
that is taken back at the end. Beside it, in the same run, the naive way: the same stories, one enquiry at a time.
"""

import argparse
import os
from time import perf_counter

import django

from bench.county import counted, county, machine

# The three people of five enquiries in a row are the same three.
_FAMILIES = """
UPDATE people_person SET lead_id = (id - 1) / 15 * 15 + (id - 1) %% 3 + 1
WHERE id <> (id - 1) / 15 * 15 + (id - 1) %% 3 + 1 AND id <= %s"""
AT_ONCE = 500


def everything() -> tuple[int, float, dict[str, int]]:
    """Every enquiry through every rule, 500 at a time: how many, in how many seconds, and the hits of each rule."""
    from openmash.cumulative.shelf import RULES
    from openmash.cumulative.stories import stories
    from openmash.enquiries.models import Enquiry

    rules, count = [one for one in RULES.all() if not one.retired], 0
    hits = dict.fromkeys((one.key for one in rules), 0)
    begun = perf_counter()
    numbers = list(Enquiry.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        told = stories(Enquiry.objects.filter(pk__in=numbers[start : start + AT_ONCE]))
        count += len(told)
        for rule in rules:
            hits[rule.key] += sum(bool(rule.find(story, rule.usual())) for story in told.values())
    return count, perf_counter() - begun, hits


def one_at_a_time(most: int) -> tuple[int, float]:
    """The same of some enquiries, spread over the county; and that it is the same."""
    from openmash.cumulative.shelf import RULES
    from openmash.cumulative.stories import stories
    from openmash.enquiries.models import Enquiry

    numbers = list(Enquiry.objects.order_by("pk").values_list("pk", flat=True))
    asked = list(Enquiry.objects.filter(pk__in=numbers[:: max(1, len(numbers) // most)][:most]))
    rules = [one for one in RULES.all() if not one.retired]
    begun, found = perf_counter(), {}
    for enquiry in asked:
        story = stories([enquiry])[enquiry.pk]
        found[enquiry.pk] = [rule.find(story, rule.usual()) for rule in rules]
    took = perf_counter() - begun
    together = stories(asked)
    assert found == {key: [rule.find(story, rule.usual()) for rule in rules] for key, story in together.items()}
    return len(asked), took


def added_up() -> tuple[int, float]:
    """What the clock does every five minutes: every open enquiry of every area, with a task for each new hit."""
    from openmash.agencies.models import Area
    from openmash.cumulative.actions import ADDING_UP, add_up
    from openmash.enquiries.models import Enquiry

    open_now = Enquiry.objects.filter(is_held=False).exclude(status="closed").count()
    begun = perf_counter()
    for area in Area.objects.order_by("pk"):
        add_up(area, by=ADDING_UP)
    return open_now, perf_counter() - begun


def looked_back() -> tuple[int, float]:
    """A look back of one rule over the whole of one area, as its page shows it."""
    from datetime import UTC, datetime

    from openmash.agencies.models import Area
    from openmash.cumulative.backtest import backtest
    from openmash.cumulative.shelf import RULES

    rule, area = RULES.get("three_greens"), Area.objects.get(key="wend-valley")
    begun = perf_counter()
    found = backtest(rule, rule.usual(), area=area, since=datetime(2000, 1, 1, tzinfo=UTC), now=datetime.now(UTC))
    return found.enquiries, perf_counter() - begun


def tell(what: str, count: int, seconds: float) -> float:
    print(f"{what:44} {count:>9,} {seconds:9.1f} {count / seconds:12,.0f}", flush=True)
    return count / seconds


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__)
    asked.add_argument("--size", type=int, default=100_000, help="enquiries of the county (100,000)")
    asked.add_argument("--naive", type=int, default=300, help="enquiries for the naive way (300)")
    said = asked.parse_args()
    with county(said.size) as env:
        os.environ |= {**env, "DJANGO_SETTINGS_MODULE": "openmash.settings", "OPENMASH_LOG": "ERROR"}
        django.setup()
        from django.db import connection, transaction

        print(
            f"{counted(env['OPENMASH_OWNER_URL'], enquiries='enquiries_enquiry', people='people_person')} · {machine()}"
        )
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_FAMILIES, [said.size * 3])
            print(f"{'':44} {'enquiries':>9} {'seconds':>9} {'a second':>12}")
            count, took, hits = everything()
            ours = tell("every rule, 500 at a time", count, took)
            theirs = tell("naive: every rule, one enquiry at a time", *one_at_a_time(said.naive))
            print(f"{'ratio':44} {'':9} {'':9} {ours / theirs:12.1f}")
            tell("one rule looked back, one area, its page", *looked_back())
            tell("what is open, added up, tasks raised", *added_up())
            print("hits: " + ", ".join(f"{key} {many:,}" for key, many in hits.items()))
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
