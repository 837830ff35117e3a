"""Each clause of each wall counts: weaken one, and the comparison with the policies finds it.

In every run one in ninety of the weakened walls. All of them, which takes long:
`./mash test tests/house/walls --whole-walls -o faulthandler_timeout=0`.
"""

import re

import pytest
from django.db import DatabaseError, connection, transaction

from tests.house.walls.attempts import Attempts
from tests.house.walls.weakening import Weakened, weakened

pytestmark = [pytest.mark.database, pytest.mark.slow]
ONE_IN = 90
# Where a function is behind more than six tables, these stand for the others.
FOR_MANY = ("enquiries_enquiry", "enquiries_conflict", "oversight_alert", "adults_careactrecord", "records_hold")
# No reader and no row tells these from the wall as it stands: which, and why.
THE_SAME = (
    (r"kept_from_by_\w+ USING: without the other of COALESCE", "No row of this table is without an enquiry."),
    (
        r"^(adults_\w+|domestic_abuse_maracreferral|records_review)\.kept_from_by_enquiry_id ",
        "The table's other policies ask the enquiry, which stands behind the same wall.",
    ),
    (r"records_destruction\.kept_from_by_enquiry_id FOR ALL", "The database alone writes it."),
    (
        r"marac_meeting_is_recorded .*: (governance_lead|agency_lead) too",
        "The referral is asked, which they do not see.",
    ),
    (
        r"item_of_request_is_decided.*: (coordinator|triage_social_worker|agency_lead) too",
        "The request is asked, which they do not see.",
    ),
    (r"without the other of COALESCE\(ARRAY_AGG", "Nothing is in a list that is empty, nor in one that is not there."),
    (r"openmash_capacities: true for capacity IS NOT NULL", "No capacity that is asked for is none."),
    (r"openmash_records_of_leads: .*COALESCE\(person.lead_id", "The walls do not ask whose record it is."),
    (r"openmash_records_of_leads: without theirs.record IS NOT NULL", "A feed has no record without a number."),
    (
        r"openmash_people_in_conflict: (AND|OR in user_id|true for EXISTS|without (user_id|removed_at|reader|NOT))",
        "It only spares a search that would find nothing.",
    ),
    (
        r"openmash_may_open_reply: practice_manager too",
        "They open every reply.",
    ),
    (
        r"without OPENMASH_SIGNED\('openmash.reader'\) IS NOT NULL$",
        "The walls that use the function ask who is signed themselves; others who call it are in `test_signing.py`.",
    ),
    (
        r"openmash_people_kept_from: (true for (known.id|COALESCE)|without inside.enquiry_id)",
        "It only spares a search: whoever is in an enquiry that is not kept is not known from kept ones alone.",
    ),
    (r"risk_is_changed WITH CHECK: without OPENMASH_KNOWS", "No reader tries to make a risk somebody else’s."),
    (r"openmash_signed: without said <> ''", "What is empty is not signed either."),
)


def is_found(attempts: Attempts, one: Weakened) -> bool | None:
    """None where it is no wall at all: PostgreSQL does not take it."""
    tables = one.tables if len(one.tables) <= 6 else set(FOR_MANY) & set(one.tables)
    with transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(one.does)
        except DatabaseError:
            return None
        try:
            with transaction.atomic():
                differing = attempts.differences(*sorted(tables), is_whole=True)
                return next(differing, None) is not None
        except DatabaseError:
            return True  # whoever asks gets an error instead of a row
        finally:
            transaction.set_rollback(True)


def test_every_weakened_clause_is_found(attempts, is_whole):
    every = list(weakened())
    same = {one.name: [which for which, _ in THE_SAME if re.search(which, one.name)] for one in every}
    chosen = every if is_whole else [one for one in every if not same[one.name]][::ONE_IN]
    found = {one.name: is_found(attempts, one) for one in chosen}
    survivors = [name for name, was in found.items() if was is False]
    assert [name for name in survivors if not same[name]] == []
    assert len(every) > 700 and list(found.values()).count(None) <= 1 + len(chosen) / 20
    if is_whole:  # a reason that nothing needs any more is taken away
        needed = {which for name in survivors for which in same[name]}
        assert [which for which, _ in THE_SAME if which not in needed] == []
