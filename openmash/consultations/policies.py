"""Who advises callers, and who sees what was advised. Pure: reads facts, writes nothing."""

from openmash.agencies.models import Area
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.consultations.codes import WAITING
from openmash.consultations.models import Consultation
from openmash.kit.verdict import YES, Verdict, need


def may_advise(by: Actor, area: Area) -> Verdict:
    return holds(by, Permission.ADVISE_CALLERS, area.pk)


def may_see(by: Actor, consultation: Consultation) -> Verdict:
    """Advisers and decision-makers of the area; triage only once it is linked to an enquiry (security 3.4)."""
    area = consultation.area_id
    permissions = [Permission.ADVISE_CALLERS, Permission.DECIDE]
    permissions += [Permission.RATE] if consultation.enquiry_id else []
    verdicts = [holds(by, permission, area) for permission in permissions]
    return next((verdict for verdict in verdicts if verdict), verdicts[0])


def may_follow_up(by: Actor, consultation: Consultation) -> Verdict:
    """An adviser of the area, while the promised enquiry is waited for."""
    return holds(by, Permission.ADVISE_CALLERS, consultation.area_id) & need(
        consultation.state == WAITING, "Nothing is waited for any more."
    )


def may_begin_enquiry(by: Actor, consultation: Consultation) -> Verdict:
    return holds(by, Permission.KEY_ENQUIRY, consultation.area_id) & need(
        consultation.enquiry_id is None, "This has become an enquiry already."
    )


def may_note(by: Actor, area: Area) -> Verdict:
    """Whoever works in the hub or advises may note a talk."""
    advises = holds(by, Permission.ADVISE_CALLERS, area.pk)
    return advises or holds(by, Permission.SEE_ENQUIRIES, area.pk)


def may_match(by: Actor, consultation: Consultation) -> Verdict:
    """The enquiry that was promised: matched by an adviser, or by the system when it is plainly the same."""
    return YES if isinstance(by, System) else may_follow_up(by, consultation)


def may_remind(by: Actor, _: Consultation) -> Verdict:
    return need(isinstance(by, System), "The system reminds by itself.")
