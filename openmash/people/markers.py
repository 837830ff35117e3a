"""What somebody can carry: a status or a risk that is seen wherever they live (M11, M53).

Source: the warning types in use (reference data, warning types); review after so many months as suggested there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class MarkerKind:
    key: str
    says: str
    is_sensitive: bool
    review_months: int
    is_guarding: bool = False
    """Whoever carries it is never joined by the machine, nor by one person alone."""


_KINDS = (
    MarkerKind("risk_adult", "May pose a risk to children", True, 6),
    MarkerKind("contact_rules", "Court or agreed limits on contact", True, 6),
    MarkerKind("do_not_disclose", "Do not tell a named person where they live", True, 6, is_guarding=True),
    MarkerKind("protected_identity", "Protected identity: adopted, or in hiding", True, 12, is_guarding=True),
    MarkerKind("extra_familial", "At risk of harm outside the home", True, 6),
    MarkerKind("marac", "Heard at MARAC in the last 12 months", True, 12),
    MarkerKind("mappa", "Managed under MAPPA", True, 6),
    MarkerKind("protection_order", "Protection or non-molestation order", True, 6),
    MarkerKind("home_env", "Home visit risk", False, 12),
    MarkerKind("risk_worker", "Risk to workers: see in pairs", False, 12),
    MarkerKind("safety_agreement", "Safety agreement in place", False, 3),
    MarkerKind("cp_plan", "On a child protection plan", False, 3),
    MarkerKind("child_in_need", "On a child in need plan", False, 3),
    MarkerKind("looked_after", "Looked after", False, 3),
    MarkerKind("early_help", "Getting early help", False, 6),
    MarkerKind("open_case", "Open to a social worker", False, 6),
    MarkerKind("unborn", "Unborn baby plan", False, 3),
    MarkerKind("missing", "Missing", False, 3),
)

MARKERS: dict[str, MarkerKind] = {kind.key: kind for kind in _KINDS}
GUARDING = tuple(kind.key for kind in _KINDS if kind.is_guarding)


def marker_says(kind: str) -> str:
    return MARKERS[kind].says if kind in MARKERS else kind.replace("_", " ").capitalize()
