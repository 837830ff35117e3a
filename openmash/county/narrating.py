"""How the stories of the source cases say things: who brings them, what an agency holds, where a home is."""

from datetime import date

from openmash.county.saying import Sayings
from openmash.enquiries.given import GivenReferrer
from openmash.intelligence.actions import GivenItem

FORM, PHONE = "professional_form", "telephone"
_CALLERS = {
    "2A": ("Bridget Farrow", "Head teacher"),
    "3B": ("Siobhan Daly", "Health visitor"),
    "6": ("PC Owen Pike", "Response officer"),
}


def brought(worry: str, source: str, organisation: str, concern: str, names: dict[str, str], **more: object) -> Sayings:
    fields = more.pop("fields", {})
    name, job = _CALLERS.get(source, ("Donna Tapper", ""))
    kind = "professional" if job else "family"
    return Sayings(
        worry,
        FORM if source in ("2A", "3B") else PHONE,
        source,
        GivenReferrer(kind, name=name, job_title=job, organisation=organisation, telephone="01632 960 321"),
        {
            "concerns": [concern],
            "told_family": False,
            "why_not_told": "raises_risk",
            "family_agrees": "not_asked",
            **fields,
        },  # type: ignore[dict-item]
        concern,
        names,
        **more,  # type: ignore[arg-type]
    )


def noted(words: str, on: date, kind: str = "incident", sensitivity: str = "G", **more: object) -> GivenItem:
    handling = {} if sensitivity == "G" else {"handling": "C", "conditions": "Ask us before it leaves the hub."}
    return GivenItem(words, "fact", "1", "A", kind=kind, happened_on=on, sensitivity=sensitivity, **handling, **more)  # type: ignore[arg-type]


def home_at(lines: str, postcode: str) -> dict[str, str]:
    return {"address_lines": lines, "postcode": postcode}
