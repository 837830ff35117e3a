"""Roles in plain English. An information governance lead can check this page; nothing else grants anything.

A user holds a role in an area through a posting. What a role may do is the list of permissions here, and the
policies of each room say when. Source: journey of an enquiry, "Who"; seeds 000 and 003.
"""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    MAKE_ENQUIRY = "make_enquiry"
    KEY_ENQUIRY = "key_enquiry"
    SEE_ENQUIRIES = "see_enquiries"
    MATCH_PEOPLE = "match_people"
    OPEN_WHEREABOUTS = "open_whereabouts"
    SCREEN = "screen"
    RATE = "rate"
    FAST_TRACK = "fast_track"
    RECORD_BASIS = "record_basis"
    ASK = "ask"
    CHASE = "chase"
    OVERRIDE_AGREEMENT = "override_agreement"
    KEEP_ADDRESSES = "keep_addresses"
    ANSWER = "answer"
    READ_POOLED = "read_pooled"
    READ_SEALED = "read_sealed"
    PROPOSE_DECISION = "propose_decision"
    DECIDE = "decide"
    PROPOSE_RELEASE = "propose_release"
    APPROVE_RELEASE = "approve_release"
    CONSENT_TO_RELEASE = "consent_to_release"
    SEND_FEED = "send_feed"
    RECEIVE_RELEASE = "receive_release"
    GIVE_FEEDBACK = "give_feedback"
    COUNT = "count"
    READ_LEDGER = "read_ledger"
    STAND_IN_FOR_LEAD = "stand_in_for_lead"
    KEEP_RECEIPTS = "keep_receipts"
    MANAGE_USERS = "manage_users"
    AGREE_ACCESS = "agree_access"
    EVALUATE_NOTIFICATIONS = "evaluate_notifications"
    SEND_NOTIFICATIONS = "send_notifications"
    ADVISE_CALLERS = "advise_callers"
    SEE_OWN_ENQUIRIES = "see_own_enquiries"
    KEEP_RECORDS = "keep_records"
    AGREE_RECORDS = "agree_records"
    RESTRICT = "restrict"
    REVIEW_RESTRICTED = "review_restricted"
    BREAK_GLASS = "break_glass"


P = Permission


@dataclass(frozen=True)
class Role:
    """One role: what it is called, what it does, what it never does, and what it is permitted."""

    key: str
    name: str
    does: str
    never: str
    may: frozenset[Permission]


_ROLES = (
    Role(
        "professional_referrer",
        "Professional referrer",
        "Makes enquiries on the form and sees the outcome of their own.",
        "Reads anything that the hub added.",
        frozenset({P.MAKE_ENQUIRY, P.SEE_OWN_ENQUIRIES}),
    ),
    Role(
        "consultation_adviser",
        "Consultation adviser",
        "Advises callers, named or not, and turns a call into an enquiry.",
        "Reads what agencies answered.",
        frozenset({P.KEY_ENQUIRY, P.ADVISE_CALLERS, P.FAST_TRACK, P.SEE_OWN_ENQUIRIES}),
    ),
    Role(
        "coordinator",
        "Referral and information coordinator",
        "Takes calls, keys once, matches people, sends requests and chases answers. Sees that an answer came and its "
        "rating: a courier who cannot open the letter.",
        "Reads what agencies answered.",
        frozenset(
            {P.KEY_ENQUIRY, P.SEE_ENQUIRIES, P.MATCH_PEOPLE, P.SCREEN, P.ASK, P.CHASE, P.FAST_TRACK, P.GIVE_FEEDBACK}
        ),
    ),
    Role(
        "triage_social_worker",
        "Triage social worker",
        "A qualified social worker who rates each enquiry, records the basis for asking, chooses the agencies, reads "
        "general and sensitive items and proposes the decision.",
        "Decides, or opens sealed items.",
        frozenset(
            {
                P.KEY_ENQUIRY,
                P.SEE_ENQUIRIES,
                P.MATCH_PEOPLE,
                P.OPEN_WHEREABOUTS,
                P.SCREEN,
                P.RATE,
                P.FAST_TRACK,
                P.RECORD_BASIS,
                P.ASK,
                P.CHASE,
                P.READ_POOLED,
                P.PROPOSE_DECISION,
                P.PROPOSE_RELEASE,
                P.GIVE_FEEDBACK,
                P.BREAK_GLASS,
            }
        ),
    ),
    Role(
        "practice_manager",
        "Practice manager",
        "The statutory decision-maker, from children's social care: reviews everything, opens sealed items, decides "
        "the level of need and the pathway, approves releases, agrees, or not, to what becomes of old records, and "
        "says who alone sees a restricted enquiry. Reads an alert when it is about the only information governance "
        "lead.",
        "Approves a release that they proposed or contributed to.",
        frozenset(
            {
                P.KEY_ENQUIRY,
                P.SEE_ENQUIRIES,
                P.MATCH_PEOPLE,
                P.OPEN_WHEREABOUTS,
                P.SCREEN,
                P.RATE,
                P.FAST_TRACK,
                P.RECORD_BASIS,
                P.ASK,
                P.CHASE,
                P.READ_POOLED,
                P.READ_SEALED,
                P.PROPOSE_DECISION,
                P.DECIDE,
                P.PROPOSE_RELEASE,
                P.APPROVE_RELEASE,
                P.GIVE_FEEDBACK,
                P.AGREE_RECORDS,
                P.RESTRICT,
                P.BREAK_GLASS,
                P.STAND_IN_FOR_LEAD,
            }
        ),
    ),
    Role(
        "police_evaluator",
        "Police evaluator",
        "Evaluates police notifications before they enter the hub, and is alerted to child protection at once.",
        "Sees what the hub holds.",
        frozenset({P.MAKE_ENQUIRY, P.EVALUATE_NOTIFICATIONS, P.SEE_OWN_ENQUIRIES}),
    ),
    Role(
        "agency_researcher",
        "Agency researcher",
        "Sits in the hub and answers their own agency's requests from their own agency's systems.",
        "Sees what other agencies answered.",
        frozenset({P.ANSWER}),
    ),
    Role(
        "agency_responder",
        "Agency responder",
        "Answers their own agency's requests from outside the hub, one page for each request.",
        "Sees a list of cases, or what other agencies answered.",
        frozenset({P.ANSWER}),
    ),
    Role(
        "agency_lead",
        "Agency lead",
        "Gives or refuses their agency's consent when something that it supplied is to leave the hub, and sends whom "
        "their agency knows.",
        "Sees what other agencies answered.",
        frozenset({P.ANSWER, P.CONSENT_TO_RELEASE, P.SEND_FEED}),
    ),
    Role(
        "operational_recipient",
        "Operational recipient",
        "Works in a locality team, the early-response hub or with an allocated family; reads what was released to "
        "them and acknowledges it.",
        "Sees the sealed room.",
        frozenset({P.RECEIVE_RELEASE}),
    ),
    Role(
        "notifying_system",
        "System that sends notifications",
        "A system of the police that sends notifications to the evaluators’ desk by itself.",
        "Signs in, or sees what became of them.",
        frozenset({P.SEND_NOTIFICATIONS}),
    ),
    Role(
        "case_system",
        "System that sends how cases stand",
        "A system of an agency that sends whom the agency knows, and how each case stands, by itself.",
        "Signs in, or reads anything of the hub.",
        frozenset({P.SEND_FEED}),
    ),
    Role("analyst", "Analyst", "Counts.", "Sees a name.", frozenset({P.COUNT})),
    Role(
        "governance_lead",
        "Information governance lead",
        "Keeps the sharing agreements and the addresses to which personal data may be e-mailed, reads the ledger, and "
        "agrees, or not, to roles and to second factors enrolled anew. Proposes what becomes of old records, places "
        "legal holds and answers people who ask what is held about them. Looks after what is restricted and who is in "
        "conflict with whom.",
        "Approves their own access, or destroys or gives out anything alone.",
        frozenset(
            {
                P.READ_LEDGER,
                P.OVERRIDE_AGREEMENT,
                P.KEEP_ADDRESSES,
                P.AGREE_ACCESS,
                P.KEEP_RECORDS,
                P.AGREE_RECORDS,
                P.RESTRICT,
                P.REVIEW_RESTRICTED,
            }
        ),
    ),
    Role(
        "agency_governance_lead",
        "Agency’s information governance lead",
        "Is sent a receipt of the ledger every morning and keeps it, so that nobody can rewrite the ledger unseen.",
        "Reads the ledger, or a case.",
        frozenset({P.KEEP_RECEIPTS}),
    ),
    Role(
        "system_administrator",
        "System administrator",
        "Looks after users and settings.",
        "Reads a case.",
        frozenset({P.MANAGE_USERS}),
    ),
)

ROLES: dict[str, Role] = {role.key: role for role in _ROLES}


def who_may(permission: Permission) -> str:
    """The names of the roles that hold a permission, as words: "practice manager or triage social worker"."""
    names = [role.name[0].lower() + role.name[1:] for role in _ROLES if permission in role.may]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
