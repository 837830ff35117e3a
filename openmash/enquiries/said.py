"""What a referrer said besides the worry, question by question, as the hub and the referrer themself read it."""

from openmash.enquiries.codes import ABUSE_GRADES, ABUSE_RISKS, CAPACITY_DOUBT, LEVELS
from openmash.enquiries.models import Enquiry

_WORDS = (
    ("happened", "What happened"),
    ("impact", "Effect on the child"),
    ("childs_words", "In the child's own words"),
    ("parents_words", "What the parents say"),
    ("care_needs", "What the adult needs from others"),
    ("cannot_protect", "Why the adult cannot protect themself"),
    ("adults_wishes", "What the adult wants to happen"),
    ("spoken_for_by", "Who speaks for the adult"),
    ("strengths", "What is working well"),
    ("history", "Earlier concerns"),
    ("help_tried", "Help already tried"),
    ("alleged", "Who may have caused harm"),
    ("injury", "Injury or medical care"),
    ("where_now", "Where the child is now"),
    ("earlier_homes", "How long there, and earlier addresses"),
    ("risk_to_staff", "Risk to staff who visit"),
    ("wants", "What the referrer wants to happen"),
    ("keep_from_family", "Must not reach the family"),
)
_OFTEN_EMPTY = ("earlier_homes", "parents_words", "spoken_for_by")
# Asked of one kind of enquiry only, so that nobody misses it in the other.
_OF_CHILDREN = ("impact", "childs_words")
_OF_ADULTS = ("care_needs", "cannot_protect", "adults_wishes")
_SAID_OF_ADULTS = {"where_now": "Where the adult is now"}
_HOW_KNOWN = {"seen": "Seen or heard by the referrer", "told": "Told by somebody else", "opinion": "Opinion"}


def answers(enquiry: Enquiry) -> tuple[tuple[str, str], ...]:
    """Everything that was answered, with a plain label."""
    given = [(label, str(getattr(enquiry, name))) for name, label in _questions(enquiry)]
    return tuple((label, words) for label, words in [*given, *_chosen(enquiry)] if words)


def unanswered(enquiry: Enquiry) -> tuple[str, ...]:
    """What the hub misses most when nobody has said it."""
    passed = (*_OFTEN_EMPTY, *(_OF_CHILDREN if enquiry.kind == "adult" else _OF_ADULTS))
    return tuple(label for name, label in _questions(enquiry) if name not in passed and not getattr(enquiry, name))


def _questions(enquiry: Enquiry) -> list[tuple[str, str]]:
    other = _SAID_OF_ADULTS if enquiry.kind == "adult" else {}
    return [(name, other.get(name, label)) for name, label in _WORDS]


def _chosen(enquiry: Enquiry) -> list[tuple[str, str]]:
    score, level = enquiry.domestic_abuse_score, enquiry.thinks_level
    grade = ABUSE_GRADES.get(enquiry.abuse_grade, "")
    return [
        ("How the referrer knows", _HOW_KNOWN.get(enquiry.source_of_words, "")),
        ("DASH score", "" if score is None else str(score)),
        ("What makes the domestic abuse graver", "; ".join(ABUSE_RISKS.get(key, key) for key in enquiry.abuse_risks)),
        ("The referrer’s grade of the domestic abuse", ". ".join(filter(None, (grade, enquiry.abuse_because)))),
        ("Early help assessment", " ".join(filter(None, (_yes_no(enquiry.early_help_done), enquiry.early_help_lead)))),
        ("The referrer’s view of the level of need", LEVELS.get(level, "") if level else ""),
        ("Doubt that the adult can decide", CAPACITY_DOUBT.get(enquiry.capacity_doubt, "")),
        ("The child or young person knows", _yes_no(enquiry.child_told, stop="")),
        ("Who agreed, when and how", enquiry.agreed_by),
        ("Follows a call to the hub", enquiry.follows_call),
    ]


def _yes_no(answer: bool | None, stop: str = ".") -> str:
    return "" if answer is None else ("Yes" if answer else "No") + stop
