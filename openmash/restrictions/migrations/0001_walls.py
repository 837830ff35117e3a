"""Every room's tables go behind the wall around what is kept from somebody: it stands in `enquiries`, 0011.

An alert about an enquiry or a person is no more to be read by whoever knows that person than the enquiry itself.
"""

from django.db import migrations

TABLES = (
    *(("adults", table) for table in ("careactrecord", "childconsidered")),
    ("allocation", "handover"),
    *(("consultations", table) for table in ("consultation", "note")),
    ("cumulative", "hit"),
    *(("decisions", table) for table in ("decision", "lateanswer", "continuation", "feedback")),
    *(("disclosure", table) for table in ("release", "norelease")),
    *(("domestic_abuse", table) for table in ("grade", "maracreferral")),
    *(("gathering", table) for table in ("request", "override", "answer", "ratingalert")),
    ("intelligence", "item"),
    *(("lookout", table) for table in ("missingfamily", "sighting", "elsewhere")),
    ("notifications", "notification"),
    *(("records", table) for table in ("destruction", "hold", "review", "subjectitem")),
    *(("triage", table) for table in ("screening", "rating", "basis")),
)
COLUMNS = (
    *((f"{room}_{table}", "enquiry_id") for room, table in TABLES),
    ("adults_childconsidered", "childs_enquiry_id"),
    ("oversight_alert", "enquiry"),
)
WALL = "\n".join(f"CALL openmash_wall('{table}', '{column}');" for table, column in COLUMNS)
UNWALL = "\n".join(f"CALL openmash_unwall('{table}', '{column}');" for table, column in COLUMNS)
PEOPLE = """
CREATE POLICY kept_from_by_person ON oversight_alert AS RESTRICTIVE
  USING (person IS NULL OR NOT person = ANY ((SELECT openmash_people_in_conflict())::bigint[]));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0011_kept_from"),
        ("adults", "0002_row_level_security"),
        ("allocation", "0002_handing_on_and_signing"),
        ("consultations", "0001_initial"),
        ("cumulative", "0001_initial"),
        ("decisions", "0005_weak_because"),
        ("disclosure", "0004_asked_by_post"),
        ("domestic_abuse", "0003_marac_row_level_security"),
        ("gathering", "0003_drafts_are_their_writers"),
        ("intelligence", "0002_row_level_security"),
        ("lookout", "0001_initial"),
        ("notifications", "0001_initial"),
        ("oversight", "0002_row_level_security"),
        ("records", "0004_subject_access"),
        ("triage", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(WALL, UNWALL),
        migrations.RunSQL(PEOPLE, "DROP POLICY kept_from_by_person ON oversight_alert;"),
    ]
