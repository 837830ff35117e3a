"""What people said of agencies' records binds linking: these entries belong together, those stay apart."""

from django.db import connection

from openmash.people.models import RecordJudgement

Pair = tuple[int, int]


def told() -> tuple[list[Pair], list[Pair]]:
    """The entries that somebody said are of one person, and those that somebody said are not."""
    live = RecordJudgement.objects.filter(undone_at=None).order_by("pk")
    said = list(live.values_list("record", "person", "other", "says"))
    if not said:
        return [], []
    records = {number for record, _, other, _ in said for number in (record, other) if number}
    people = {person for _, person, _, _ in said if person}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, record, person_id FROM people_indexentry WHERE record = ANY (%s) OR person_id = ANY (%s)",
            [list(records), list(people)],
        )
        rows = cursor.fetchall()
    by_record, by_person = {row[1]: row[0] for row in rows}, {row[2]: row[0] for row in rows}
    same: list[Pair] = []
    apart: list[Pair] = []
    for record, person, other, says in said:
        pair = by_record.get(record), by_person.get(person) if person else by_record.get(other)
        if None not in pair:
            (same if says == RecordJudgement.SAME else apart).append(pair)
    return same, apart
