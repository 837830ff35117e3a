"""Who brings enquiries, in the shares of England's referrals in the year to March 2024 (Department for Education)."""

from random import Random

from openmash.county.families import Member
from openmash.enquiries.given import GivenReferrer

# source code, how many of a hundred
SOURCES = (
    ("6", 28), ("2A", 20), ("2B", 2),
    ("3A", 3), ("3B", 3), ("3C", 2), ("3D", 2), ("3E", 3), ("3F", 2),
    ("5A", 5), ("5B", 4), ("5C", 2), ("5D", 3),
    ("7", 5), ("8", 4), ("4", 1),
    ("1A", 4), ("1B", 3), ("1D", 1), ("9", 2), ("10", 1),
)  # fmt: skip
# source code: organisation ("" is the child's own school or surgery), what the caller is, their agency in the hub
_ORGANISATIONS = {
    "2A": ("", "Deputy head and safeguarding lead", ""),
    "2B": ("Wendmark Education and Inclusion", "Attendance officer", "education"),
    "3A": ("", "GP", ""),
    "3B": ("Health visiting, Wendmark Community Health", "Health visitor", "health"),
    "3C": ("School nursing, Wendmark Community Health", "School nurse", "health"),
    "3D": ("Wendmark midwifery", "Community midwife", "health"),
    "3E": ("A&E, Wendmark General Hospital", "Senior sister", ""),
    "3F": ("Adult Mental Health", "Community psychiatric nurse", "adult-mental-health"),
    "4": ("Wendmark Homes", "Housing officer", "housing"),
    "5A": ("Adult Social Care", "Social worker", "adult-social-care"),
    "5B": ("Wendmark Youth Offending Team", "Youth justice officer", "youth-offending"),
    "5C": ("Northmoor Council", "Duty social worker", ""),
    "5D": ("Early Years and Families", "Family worker", "early-years"),
    "6": ("Wendmark Constabulary", "Response officer", "police"),
    "7": ("Probation Service, Wendmark", "Probation officer", "probation"),
    "8": ("Wendmark Family Centre", "Family support worker", ""),
}
_KINDS = {"1A": "family", "9": "anonymous"}
_FIRST = (
    "Pat Robin Jas Alex Sam Chris Nicky Lee Jo Kim Andrea Colette Dawn Faisal Gareth Helena Imani Joyce Keith Lorna "
    "Mandeep Neil Olive Petra Quentin Rosalind Steph Trevor Usha Vince"
).split()
_LAST = (
    "Lomax Hale Thorn Wright Pope Ash Frost Marr Dale Abbott Birtwell Crozier Dunne Eccles Fagan Gorse Hargreave Ingham "
    "Jessop Keel Lister Mossop Naylor Ogden Pryor Rigby Seddon Tranter Unwin Varley"
).split()


def referrer(source: str, child: Member, draw: Random) -> GivenReferrer:
    """Somebody who would bring this child to the hub from such a source."""
    name = f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"
    telephone = f"01632 960 {draw.randrange(300, 1000)}"
    if source in _ORGANISATIONS:
        organisation, job, agency = _ORGANISATIONS[source]
        organisation = (
            organisation or (child.school if source == "2A" else child.gp) or "Wendmark schools and surgeries"
        )
        return GivenReferrer("professional", name, job, organisation, agency, telephone)
    kind = _KINDS.get(source, "public")
    if kind == "anonymous" or (kind == "public" and draw.random() < 0.3):
        return GivenReferrer("anonymous", keep_name_from_family=True)
    return GivenReferrer(kind, name, telephone=telephone, keep_name_from_family=draw.random() < 0.7)


def channel(source: str, draw: Random) -> str:
    """The form that they would use."""
    if source in _ORGANISATIONS:
        return "professional_form" if draw.random() < 0.75 else "telephone"
    return "telephone" if draw.random() < 0.6 else "public_form"
