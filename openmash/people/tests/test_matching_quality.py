"""How many people are found among 50,000 records of six agencies, and how few are taken for another: floors, not goals.

The keys and the score of the product, over people of the measuring's own making, without a database: how fast, and how
well among a million, `python -m bench.matching` measures.
"""

from collections import Counter, defaultdict
from math import log

import pytest

from bench.matching.families import block
from bench.matching.figures import at_precision, recall_from
from bench.matching.hub import given
from bench.matching.names import GROUPS
from bench.matching.people import COLUMNS, enquiries, write_block
from openmash.people.matching.described import described
from openmash.people.matching.keys import keys_of, search_keys
from openmash.people.matching.score import score

SEED, BLOCKS, ENQUIRIES = 11, 4, 840
MOST_OF_A_KEY, MOST_COMPARED = 200, 60
FOUND_AT_ALL, RECALL, GAP = 0.98, 0.93, 0.06
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def answers():
    """For each enquiry: the scores of those who share a key, best first, each with whether it is them."""
    records, by_key = [], defaultdict(list)
    for number in range(BLOCKS):
        for rows in write_block(SEED, number).values():
            for row in rows:
                told = dict(zip(COLUMNS, map(str, row), strict=True))
                records.append((int(told["person"]), described(given(told))))
                for key in keys_of(records[-1][1]):
                    by_key[key].append(len(records) - 1)
    found = {}
    for one in enquiries(ENQUIRIES, BLOCKS, SEED):
        asked = described(given(one.row))
        shared: Counter[int] = Counter()
        for held in (by_key[key][:MOST_OF_A_KEY] for key in search_keys(asked)):
            shared.update(dict.fromkeys(held, log(100 * MOST_OF_A_KEY / max(len(held), 1))))
        near = [records[place] for place, _ in shared.most_common(MOST_COMPARED)]
        found[one] = sorted(((score(asked, them).score, person == one.person) for person, them in near), reverse=True)
    return found


def best(answers, group=None):
    return [answer[0] for one, answer in answers.items() if answer and group in (None, one.group)]


def known(answers, group=None):
    return [answer for one, answer in answers.items() if one.is_known and group in (None, one.group)]


def test_a_population_is_the_same_each_time_and_its_families_hold_together():
    first, second = block(SEED, 3), block(SEED, 3)
    assert first == second
    assert len({one.number for household in first for one in household}) == sum(map(len, first))
    twins = {one.number: one for household in first for one in household if one.twin}
    assert twins
    assert all(twins[one.twin].born == one.born and twins[one.twin].given != one.given for one in twins.values())


def test_nobody_asked_about_as_unknown_is_in_any_file():
    there = {
        row[COLUMNS.index("person")]
        for number in range(BLOCKS)
        for rows in write_block(SEED, number).values()
        for row in rows
    }
    for one in enquiries(ENQUIRIES, BLOCKS, SEED):
        assert (one.person in there) is one.is_known


def test_nearly_everybody_who_is_known_is_found(answers):
    found = [any(is_right for _, is_right in answer) for answer in known(answers)]
    assert sum(found) / len(found) >= FOUND_AT_ALL


def test_with_one_wrong_in_a_hundred_most_are_found_and_no_name_group_far_less(answers):
    sure = at_precision(best(answers), len(known(answers)))
    assert sure.recall >= RECALL
    groups = [recall_from(best(answers, group), len(known(answers, group)), sure.threshold) for group in GROUPS]
    assert max(groups) - min(groups) <= GAP, dict(zip(GROUPS, groups, strict=True))
