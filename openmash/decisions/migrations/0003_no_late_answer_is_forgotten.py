"""No answer can stay on a decided enquiry without the decision-maker being asked (field note D1).

The act of answering does ask; this holds whatever code stores an answer. It looks when the transaction ends, since the
answer is written before the question that it raises.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION decisions_late_answer_is_raised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM enquiries_enquiry AS e
        WHERE e.id = NEW.enquiry_id AND e.status IN ('decided', 'closed') AND NEW.at > e.decided_at
    ) AND NOT EXISTS (SELECT FROM decisions_lateanswer AS l WHERE l.answer_id = NEW.id) THEN
        RAISE EXCEPTION 'answer % came after the decision, and the decision-maker was not asked', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER a_late_answer_is_raised AFTER INSERT ON gathering_answer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_late_answer_is_raised();
"""
TAKE_AWAY = """
DROP TRIGGER a_late_answer_is_raised ON gathering_answer;
DROP FUNCTION decisions_late_answer_is_raised();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_handing_on_and_signing"),
        ("enquiries", "0002_enquiry_research_continues"),
        ("gathering", "0001_initial"),
    ]
    operations = [migrations.RunSQL(MAKE, TAKE_AWAY)]
