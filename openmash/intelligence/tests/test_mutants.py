"""Each clause of the second wall counts: weaken one, and the comparison with the policy finds it.

In every run one in three; all of them with `--whole-walls`.
"""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

import conftest
from openmash.intelligence.tests.test_walls import differences
from openmash.intelligence.tests.world import build
from openmash.settings import DATABASE_URL, OWNER_URL

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WALL = import_module("openmash.intelligence.migrations.0002_row_level_security")
# As `restrictions`, 0002, has them: what is said of who asks is believed when it is signed.
FUNCTIONS = WALL.FUNCTIONS.replace("current_setting('openmash.user', true)", "openmash_signed('openmash.user')")
EMERGENCY = import_module("openmash.restrictions.migrations.0003_sealed_in_an_emergency")
READ = "CREATE POLICY item_is_read" + WALL.POLICIES.split("CREATE POLICY item_is_")[1].removeprefix("read")
ENQUIRY = "enquiry_id = ANY ((SELECT openmash_family_enquiries())::bigint[]) AND ("
MANAGER = "WHEN 'practice_manager' THEN\n        CASE WHEN enquiry.status IN ("
TRIAGE = "WHEN 'triage_social_worker' THEN\n        CASE WHEN enquiry.status IN ("
STAGES = "'triaged', 'gathering', 'review', 'decided'"
READERS = (
    "practice_manager",
    "triage_social_worker",
    "agency_lead",
    "agency_researcher",
    "agency_responder",
    "coordinator",
)
MUTANTS = [
    ("AND agency_id = (SELECT openmash_agency())\n  OR", "OR"),
    ("deposited_by_id = (SELECT openmash_user()) AND agency_id", "agency_id"),
    ("deposited_by_id = (SELECT openmash_user()) AND agency_id = (SELECT openmash_agency())\n  OR", ""),
    (ENQUIRY, "true AND ("),
    (ENQUIRY, "enquiry_id = (SELECT openmash_enquiry()) AND ("),
    ("('G', 'S', 'X')", "('G', 'S', 'X', 'L')"),
    ("('G', 'S', 'X')", "('G', 'S')"),
    (" OR (SELECT openmash_user()) = ANY (named))\n    OR 'triage'", ")\n    OR 'triage'"),
    ("AND sensitivity IN ('G', 'S')\n", "AND sensitivity IN ('G', 'S', 'X')\n"),
    ("AND sensitivity IN ('G', 'S')\n", "AND sensitivity IN ('G')\n"),
    ("AND sensitivity IN ('G', 'S')\n", "\n"),
    ("('own' = ANY ((SELECT openmash_capacities())::text[]) OR ", "("),
    (" OR 'lead' = ANY ((SELECT openmash_capacities())::text[]))", ")"),
    ("\n      AND agency_id = (SELECT openmash_agency())", ""),
    ("AND (sensitivity <> 'L' OR (SELECT openmash_user()) = ANY (named))\n  )", ")"),
    ("(sensitivity <> 'L' OR (SELECT openmash_user()) = ANY (named))", "sensitivity <> 'L'"),
    ("WHERE id = openmash_user() AND is_active", "WHERE id = openmash_user()"),
    ('posting.user_id AND "user".is_active', "posting.user_id"),
    ("coalesce(person.lead_id, person.id) AS lead", "person.id AS lead"),
    ("    UNION\n    SELECT person.id FROM people_person person JOIN leads ON person.lead_id = leads.lead\n", ""),
    ("cover.user_id = posting.user_id AND ", ""),
    (" AND cover.enquiry_id = enquiry.id", ""),
    ("cover.since <= now() AND ", ""),
    (" AND cover.until > now()", ""),
    ("enquiry.status = 'closed' AND EXISTS", "EXISTS"),
    ("posting.area_id = enquiry.area_id", "true"),
    (" AND posting.user_id = openmash_user()", ""),
    ("posting.since <= (", "true OR posting.since <= ("),
    ("posting.since <= (", "posting.since < ("),
    ("posting.until >= (", "posting.until > ("),
    ("(posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)", "true"),
    ("'agency_lead' THEN 'lead'", "'agency_lead' THEN CASE WHEN enquiry.status <> 'closed' THEN 'lead' END"),
    ("'agency_researcher' THEN CASE WHEN enquiry.status <> 'closed' THEN 'own' END", "'agency_researcher' THEN 'own'"),
    ("'agency_responder' THEN CASE WHEN enquiry.status <> 'closed' THEN 'own' END", "'agency_responder' THEN 'own'"),
    ("'agency_researcher'", "'coordinator'"),
]
for _role in (MANAGER, TRIAGE):
    MUTANTS += [(_role + STAGES, _role + f"{STAGES}, '{more}'") for more in ("received", "screened")]
    for _stage in STAGES.split(", "):
        MUTANTS += [(_role + STAGES, _role + ", ".join(one for one in STAGES.split(", ") if one != _stage))]
MUTANTS += [
    ("'triage' = ANY (openmash_capacities()) AND EXISTS", "EXISTS"),
    ("glass.user_id = openmash_user() AND ", ""),
    ("glass.enquiry_id = openmash_enquiry() AND ", ""),
    (" AND glass.until > now()", ""),
    ("sensitivity = 'X' AND enquiry_id", "sensitivity IN ('X', 'L') AND enquiry_id"),
    ("sensitivity = 'X' AND enquiry_id", "false AND enquiry_id"),
    (
        "enquiry_id = (SELECT openmash_enquiry()) AND (SELECT openmash_in_emergency())",
        "enquiry_id = ANY ((SELECT openmash_family_enquiries())::bigint[]) AND (SELECT openmash_in_emergency())",
    ),
    (" AND (SELECT openmash_in_emergency())", ""),
]
MUTANTS += [(TRIAGE + STAGES, TRIAGE + STAGES + ", 'closed'")]


@pytest.fixture(scope="module")  # before the test opens its transaction
def _owner(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The database's owner, who may change a policy, instead of the application's role."""
    name = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        conftest.point_at(OWNER_URL, name, as_owner=True)
    yield
    with django_db_blocker.unblock():
        conftest.point_at(DATABASE_URL, name, as_owner=False)


def _weaken(old: str, new: str) -> None:
    """Put the wall up again with one clause changed."""
    made = FUNCTIONS + EMERGENCY.FUNCTION
    assert (made + READ + EMERGENCY.POLICY).count(old) == 1, f"This clause is not there, or not once: {old}"
    with connection.cursor() as cursor:
        cursor.execute(made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(old, new))
        cursor.execute("DROP POLICY item_is_read ON intelligence_item")
        cursor.execute("DROP POLICY sealed_item_is_opened ON intelligence_item")
        cursor.execute((READ + EMERGENCY.POLICY).replace(old, new))


@pytest.mark.usefixtures("_owner")
def test_every_weakened_clause_is_found(hub, request):
    weakened = MUTANTS if request.config.getoption("--whole-walls") else MUTANTS[::3]
    expected = build(hub, READERS).seen_by_the_policy()
    survivors = []
    for old, new in [("", ""), *weakened]:
        with transaction.atomic():
            if old:
                _weaken(old, new)
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {settings.APP_ROLE}")
            if next(differences(expected), None) is None:
                survivors.append((old, new))
            transaction.set_rollback(True)
    assert survivors == [("", "")], "Only the wall as it stands agrees with the policy"
