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
    is_risk: bool = False
    """Nothing is sent to the home of whoever carries it without a reason."""
    beware: str = ""
    """What not to do when somebody of their household is rung, written to or visited; {who} stands for their names."""


_KINDS = (
    MarkerKind("risk_adult", "May pose a risk to children", True, 6, is_risk=True,
               beware="{who} may pose a risk to children. Leave no message and send nothing that they could find."),
    MarkerKind("contact_rules", "Court or agreed limits on contact", True, 6, is_risk=True,
               beware="There are limits on contact with {who}. Read them before you pass anything on."),
    MarkerKind("do_not_disclose", "Do not tell a named person where they live", True, 6, is_guarding=True,
               beware="Tell nobody where to find {who}, and leave no message that says it."),
    MarkerKind("protected_identity", "Protected identity: adopted, or in hiding", True, 12, is_guarding=True,
               beware="The identity of {who} is protected. Tell nobody another name of theirs, or where to find them."),
    MarkerKind("extra_familial", "At risk of harm outside the home", True, 6),
    MarkerKind("marac", "Heard at MARAC in the last 12 months", True, 12),
    MarkerKind("mappa", "Managed under MAPPA", True, 6, is_risk=True,
               beware="MAPPA manages {who}. Speak to the police before you ring, write or visit."),
    MarkerKind("protection_order", "Protection or non-molestation order", True, 6, is_risk=True,
               beware="A protection order names {who}. Pass nothing on between those whom it keeps apart."),
    MarkerKind("home_env", "Home visit risk", False, 12,
               beware="There is a risk in visiting {who} at home. Plan the visit first."),
    MarkerKind("risk_worker", "Risk to workers: see in pairs", False, 12,
               beware="{who} may pose a risk to workers. Do not visit alone."),
    MarkerKind("safety_agreement", "Safety agreement in place", False, 3),
    MarkerKind("cp_plan", "On a child protection plan", False, 3),
    MarkerKind("child_in_need", "On a child in need plan", False, 3),
    MarkerKind("looked_after", "Looked after", False, 3),
    MarkerKind("early_help", "Getting early help", False, 6),
    MarkerKind("open_case", "Open to a social worker", False, 6),
    MarkerKind("unborn", "Unborn baby plan", False, 3),
    MarkerKind("missing", "Missing", False, 3),
)  # fmt: skip

MARKERS: dict[str, MarkerKind] = {kind.key: kind for kind in _KINDS}
BEWARE = {kind.key: kind.beware for kind in _KINDS if kind.beware}
RISKS = tuple(kind.key for kind in _KINDS if kind.is_risk)
GUARDING = tuple(kind.key for kind in _KINDS if kind.is_guarding)


def marker_says(kind: str) -> str:
    return MARKERS[kind].says if kind in MARKERS else kind.replace("_", " ").capitalize()
