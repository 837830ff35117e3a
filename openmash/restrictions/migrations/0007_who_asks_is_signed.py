"""What a function with its owner's rights tells, it tells whoever is signed: how much an agency said of an enquiry, who
knows somebody in it, whether it is held, which records are one person. Nor does it write for anybody else.
"""

from django.db import migrations

ASKED = "openmash_signed(''openmash.reader'') IS NOT NULL"
EITHER = "person.id = ANY (leads) OR person.lead_id = ANY (leads)"
# Each function, the words in it that are found once, and what stands there now.
SAID = [
    (name, "SELECT EXISTS (", f"SELECT {ASKED} AND EXISTS (")
    for name in ("openmash_has_lead", "openmash_is_held", "openmash_was_given_out_elsewhere")
] + [
    (name, found, f"{found[:5]} {ASKED} AND{found[5:]}")
    for name, found in (
        ("openmash_count_items", "WHERE item.enquiry_id"),
        ("openmash_sweep_answer_drafts", "WHERE saved_at"),
        ("openmash_unindex_records", "WHERE source_id"),
        ("openmash_waiting_deliveries", "WHERE delivery.done_at"),
        ("openmash_feed_family", "WHERE party.enquiry_id"),
        ("openmash_leads_of_records", "WHERE theirs.record"),
    )
] + [
    ("openmash_records_of_leads", EITHER, f"{ASKED} AND ({EITHER})"),
    ("openmash_index", "BEGIN\n", f"BEGIN\n  IF ({ASKED}) IS NOT TRUE THEN RETURN 0; END IF;\n"),
]
SAY = """
DO $do$
DECLARE
  said text := pg_get_functiondef('{name}'::regproc);
BEGIN
  IF length(said) - length(replace(said, E'{found}', '')) <> length(E'{found}') THEN
    RAISE EXCEPTION '{name} is not as it was';
  END IF;
  EXECUTE replace(said, E'{found}', E'{now}');
END $do$;
"""
MAKE = "".join(
    SAY.format(name=name, found=found.replace("\n", r"\n"), now=now.replace("\n", r"\n")) for name, found, now in SAID
)


class Migration(migrations.Migration):
    dependencies = [
        ("restrictions", "0006_risk_from_wall"),
        ("agencies", "0016_who_left_keeps_nothing"),
        ("gathering", "0003_drafts_are_their_writers"),
        ("intelligence", "0002_row_level_security"),
        ("oversight", "0003_not_about_themselves"),
        ("people", "0017_sharing_asked"),
        ("records", "0005_what_it_was_found_to_be"),
    ]
    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
