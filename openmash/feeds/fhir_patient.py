"""One FHIR R4 Patient, made into what the index keeps."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from openmash.feeds.shelf import Sent, Turned
from openmash.feeds.values import LONGEST, LeftOut, clean, day, past_day
from openmash.people.identifiers import problem

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
RESTRICTED = frozenset({"R", "V"})
_SEXES = {"male": "M", "female": "F"}
_KNOWN_BY = ("usual", "official")


def sent_of(row: int, patient: dict[str, Any], full_url: str) -> Sent | Turned:
    """AttributeError and its like where the Patient is not built as FHIR says."""
    number = _number(patient)
    if not number:
        return Turned(row, "The Patient has no NHS number")
    if wrong := problem("nhs", number):
        return Turned(row, wrong)
    links = patient.get("link", [])
    if patient.get("active") is False or any(link["type"] == "replaced-by" for link in links):
        return Sent(row, number, is_withdrawn=True)
    return _told(row, patient, number, _earlier(patient, links, full_url) - {number})


def _told(row: int, patient: dict[str, Any], number: str, earlier: set[str]) -> Sent:
    """What a Patient who is not withdrawn tells. Of a restricted one nothing is kept that says where they are."""
    read = _Read([])
    who = _who(patient, read)
    if not who["family"] and not who["given"] and not who["born_on"]:
        read.left_out.append("There is neither a name nor a date of birth")
    is_restricted = bool({one.get("code") for one in patient.get("meta", {}).get("security", [])} & RESTRICTED)
    where = {} if is_restricted else _where(patient, read)
    died = patient.get("deceasedDateTime")
    is_deceased = bool(died) or patient.get("deceasedBoolean") is True
    died_on = read.day("deceasedDateTime", died)
    return Sent(
        row,
        number,
        **who,
        **where,
        identifiers=" ".join(f"nhs:{one}" for one in (number, *sorted(earlier))),
        died_on=died_on,
        is_deceased=is_deceased,
        is_open=not is_deceased,
        is_sensitive=is_restricted,
        superseded=" ".join(sorted(earlier)),
        left_out=tuple(read.left_out),
    )


class _Read:
    """Reads values, and notes what has to be left out."""

    def __init__(self, left_out: list[str]) -> None:
        self.left_out = left_out

    def day(self, name: str, value: object, how: Callable[[str], date] = day) -> date | None:
        said = clean(value)[:10]
        if not said:
            return None
        try:
            return how(said)
        except LeftOut as reason:
            self.left_out.append(f"“{name}” {reason}")
            return None

    def text(self, field: str, value: object) -> str:
        said = clean(value)
        if len(said) > LONGEST[field]:
            self.left_out.append(f"“{field}” must have at most {LONGEST[field]} characters")
            return ""
        return said


def _number(patient: dict[str, Any]) -> str:
    held = [one for one in patient.get("identifier", []) if one.get("system") == NHS_NUMBER and one.get("use") != "old"]
    return clean(held[0].get("value") if held else patient.get("id"))


def _earlier(patient: dict[str, Any], links: Iterable[dict[str, Any]], full_url: str) -> set[str]:
    """Numbers that this one supersedes: said as old, linked as replaced, or the one that was asked for."""
    found = {clean(one.get("value")) for one in patient.get("identifier", []) if one.get("system") == NHS_NUMBER}
    for link in links:
        if link["type"] == "replaces":
            other = link["other"]
            found.add(clean(other.get("identifier", {}).get("value") or other.get("reference", "").rpartition("/")[2]))
    found |= {clean(patient.get("id")), full_url.rpartition("/")[2]}
    return {number for number in found if number and not problem("nhs", number)}


def _who(patient: dict[str, Any], read: _Read) -> dict[str, Any]:
    names = sorted(patient.get("name", []), key=lambda name: name.get("use") not in _KNOWN_BY)
    spelt = [(" ".join(name.get("given", [])), name.get("family", "")) for name in names]
    given, family = spelt[0] if spelt else ("", "")
    others = dict.fromkeys(f"{one} {two}".strip() for one, two in spelt[1:])
    return {
        "given": read.text("given", given),
        "family": read.text("family", family),
        "other_names": read.text("other_names", ", ".join(name for name in others if name)),
        "sex": _SEXES.get(patient.get("gender", ""), "U"),
        "born_on": read.day("birthDate", patient.get("birthDate"), past_day),
    }


def _where(patient: dict[str, Any], read: _Read) -> dict[str, Any]:
    homes = sorted(patient.get("address", []), key=lambda home: home.get("use") != "home")
    home = homes[0] if homes else {}
    contacts = {one.get("system"): one.get("value") for one in reversed(patient.get("telecom", []))}
    surgery = next((one.get("identifier", {}) for one in patient.get("generalPractitioner", [])), {})
    lines = ", ".join(line for line in map(clean, home.get("line", [])) if line)
    return {
        "address_lines": read.text("address_lines", lines),
        "postcode": read.text("postcode", home.get("postalCode")),
        "telephone": read.text("telephone", contacts.get("phone")),
        "email": read.text("email", contacts.get("email")),
        "team": read.text("team", f"GP surgery {surgery['value']}" if surgery.get("value") else ""),
        "since": read.day("generalPractitioner", surgery.get("period", {}).get("start")),
    }
