"""From what a form says to the enquiry as it is given: one shape for the public, the professional and the telephone."""

from datetime import datetime
from typing import Any

from openmash.agencies.models import Area, User
from openmash.audit.actors import Actor
from openmash.enquiries.codes import SOURCES
from openmash.enquiries.eform.saying import Said
from openmash.enquiries.forms.referrer import ANONYMOUS, CONFIDENTIAL, KNOWN_AS
from openmash.enquiries.forms.worry import ADULT, UNBORN
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenProfessional, GivenReferrer
from openmash.enquiries.places import Place, area_of, chosen_place, place_of
from openmash.people.addresses import is_postcode
from openmash.people.given import GivenPerson
from openmash.people.models import SEXES

NUMBERS = ("nhs", "upn", "la_child_id")
_OF_PERSON = (
    "given",
    "family",
    "other_names",
    "born_on",
    "is_birth_date_estimated",
    "ethnicity",
    "language",
    "needs_interpreter",
    "religion",
    "disability",
    "communication",
    "nationality",
    "self_description",
    "email",
)
# The fields of an enquiry that a form asks under the same name.
_OF_ENQUIRY = (
    "happened",
    "impact",
    "strengths",
    "history",
    "childs_words",
    "source_of_words",
    "alleged",
    "injury",
    "risk_to_staff",
    "help_tried",
    "wants",
    "thinks_level",
    "where_now",
    "concerns",
    "early_help_done",
    "early_help_lead",
    "domestic_abuse_score",
    "abuse_risks",
    "abuse_grade",
    "abuse_because",
    "told_family",
    "family_agrees",
    "agreed_by",
    "why_not_told",
    "why_not_told_words",
    "child_told",
    "keep_from_family",
    "parents_words",
    "earlier_homes",
    "care_needs",
    "capacity_doubt",
    "adults_wishes",
    "cannot_protect",
    "spoken_for_by",
    "follows_call",
)

# The source of a contact when the caller is all that is known of it.
_CALLER_IS = {"professional": "10", "public": "1D", "family": "1A", "self": "1C", "anonymous": "9"}
_KINDS = {"child": "child", UNBORN: "child", ADULT: ADULT, "family": "family"}


def give(
    said: Said,
    *,
    channel: str,
    by: Actor,
    is_held: bool = False,
    area: Area | None = None,
    received_at: datetime | None = None,
) -> tuple[Area, GivenEnquiry]:
    """The enquiry, and the area whose hub gets it: the one of its place, unless `area` is given."""
    facts, place, code = said.facts, place_said(said), source_of(said.facts)
    area = area or area_of(place)
    is_danger = facts.get("danger") == "yes"
    asked = {name: facts[name] for name in _OF_ENQUIRY if facts.get(name) not in (None, "")}
    return area, GivenEnquiry(
        worry=facts["worry"],
        channel=channel,
        source_code=code,
        referrer=_referrer(facts, by),
        parties=parties_said(said),
        kind=_KINDS.get(facts.get("kind", ""), "child"),
        professionals=tuple(GivenProfessional(**worker) for worker in said.several("workers")),
        locality_key=place.locality if place and place.area == area.pk else "",
        is_urgent=is_danger or bool(facts.get("is_fast_track")),
        is_held=is_held,
        received_at=received_at,
        fields=asked | {"is_danger_now": is_danger},
    )


def place_said(said: Said) -> Place | None:
    """The place that was chosen, or the one of the first postcode that is of any hub's area."""
    facts = said.facts
    postcodes = (facts.get("area_postcode"), facts.get("postcode"))
    found = (place_of(postcode) for postcode in postcodes if postcode)
    return chosen_place(facts.get("locality") or "") or next((place for place in found if place), None)


def source_of(facts: dict[str, Any]) -> str:
    """The Department for Education's source of contact."""
    if facts.get("source_code"):
        return str(facts["source_code"])
    if facts.get("known_as"):
        return KNOWN_AS[facts["known_as"]][1]
    if facts.get("referrer_kind"):
        return _CALLER_IS[facts["referrer_kind"]]
    return "9" if facts.get("identity") == ANONYMOUS else "10"


def parties_said(said: Said) -> tuple[GivenParty, ...]:
    """Everybody in it. When nobody is named, one person of whom only a home is known: the address can still match."""
    code = source_of(said.facts)
    source = f"Referrer: {SOURCES[code]}"
    home = _home(said.facts)
    is_about_adult = said.facts.get("kind") == ADULT
    parties = [
        *(_child(child, source, home) for child in said.several("children")),
        *_unborn(said.facts, source, home),
        *(_adult(adult, source, home, is_subject=is_about_adult) for adult in said.several("adults")),
        *(_adult(other, source, home, is_subject=False) for other in said.several("others")),
    ]
    if not parties or (is_about_adult and not said.several("adults")):
        parties.insert(0, GivenParty(_person({}, source, home), "adult" if is_about_adult else "child"))
    return tuple(parties)


def _child(said: dict[str, Any], source: str, home: dict[str, str]) -> GivenParty:
    own = _own_address(said)
    return GivenParty(
        _person(said, source, own or home, telephone=said.get("own_telephone", "")),
        role="child",
        lives_in_household=not own,
        **_about(said),
    )


def _unborn(facts: dict[str, Any], source: str, home: dict[str, str]) -> list[GivenParty]:
    if facts.get("kind") != UNBORN and not facts.get("is_pregnant"):
        return []
    baby = {"family": facts.get("unborn_family", ""), "due_on": facts.get("due_on")}
    return [GivenParty(_person(baby, source, home), role="unborn")]


def _adult(said: dict[str, Any], source: str, home: dict[str, str], *, is_subject: bool) -> GivenParty:
    """Somebody who is said to live elsewhere is not of the household, and does not get its address."""
    lives = True if is_subject else said.get("lives_in_household")
    own = _own_address(said)
    has_responsibility = said.get("has_parental_responsibility")
    return GivenParty(
        _person(said, source, own or ({} if lives is False else home), telephone=said.get("telephone", "")),
        role="other" if lives is False else "adult",
        relation_to_child=said.get("relation") or ("" if has_responsibility is None else "other"),
        has_parental_responsibility=has_responsibility,
        lives_in_household=lives,
        **_about(said),
    )


def _own_address(said: dict[str, Any]) -> dict[str, str]:
    """The address of somebody who lives elsewhere; empty when none is given."""
    own = {name: said.get(name) or "" for name in ("address_lines", "postcode")}
    return own if any(own.values()) else {}


def _about(said: dict[str, Any]) -> dict[str, Any]:
    words = {name: said.get(name) or "" for name in ("school", "gp", "legal_status", "note")}
    return words | {"risk_factors": tuple(said.get("risk_factors") or ())}


def _person(said: dict[str, Any], source: str, home: dict[str, str], telephone: str = "") -> GivenPerson:
    facts = {name: said[name] for name in _OF_PERSON if said.get(name) not in (None, "")}
    numbers = tuple((kind, said[kind]) for kind in NUMBERS if said.get(kind))
    sex = said.get("sex") if said.get("sex") in SEXES else "U"
    return GivenPerson(
        **facts,
        **home,
        sex=str(sex),
        due_on=said.get("due_on"),
        telephone=telephone,
        is_safe_to_contact=said.get("is_safe_to_contact"),
        identifiers=numbers,
        source=source,
    )


def _home(facts: dict[str, Any]) -> dict[str, str]:
    """The address of the household. A whole postcode that was asked for only to find the hub is one too."""
    whole = facts.get("area_postcode", "")
    return {
        "address_lines": facts.get("address_lines", ""),
        "postcode": facts.get("postcode") or (whole if is_postcode(whole) else ""),
    }


def _referrer(facts: dict[str, Any], by: Actor) -> GivenReferrer:
    is_own = isinstance(by, User) and bool(facts.get("job_title")) and facts.get("referrer_email") == by.email
    return GivenReferrer(
        kind=_referrer_kind(facts),
        name=facts.get("referrer_name", ""),
        job_title=facts.get("job_title", ""),
        organisation=facts.get("organisation", ""),
        agency_key=by.agency.key if is_own and isinstance(by, User) else "",
        telephone=facts.get("referrer_telephone", ""),
        email=facts.get("referrer_email", ""),
        relationship=facts.get("relationship", ""),
        keep_name_from_family=facts.get("identity") == CONFIDENTIAL or bool(facts.get("keep_name_from_family")),
        manager_told=facts.get("manager_told", ""),
        wants_feedback_by=facts.get("wants_feedback_by") or ("email" if facts.get("referrer_email") else "none"),
    )


def _referrer_kind(facts: dict[str, Any]) -> str:
    if facts.get("referrer_kind"):
        return str(facts["referrer_kind"])
    if facts.get("job_title"):
        return "professional"
    if facts.get("identity") == ANONYMOUS:
        return "anonymous"
    return {"family": "family", "self": "self"}.get(facts.get("known_as", ""), "public")
