"""Three families of the county in which one is at risk from another: at home, after parting, and not any more."""

from datetime import datetime, timedelta

from openmash.county.hub import Hub
from openmash.enquiries.models import Enquiry
from openmash.people.models import Person, Relationship, RiskFrom
from openmash.people.risks import end_risk, looking_out, say_risk
from openmash.people.safe_contact import SAFE, contact_lines, say_safe
from openmash.people.tying import end_tie, relate

_RISKS = (
    ("He strangled her in front of the children, and goes through her telephone.", "The IDVA, after seeing her alone"),
    ("He waits outside her work and says that he will take the children.", "Her sister, by telephone"),
    ("He broke her arm; he is in prison since and has no way to write to her.", "Probation"),
)


def tell_dangers(hub: Hub, now: datetime) -> None:
    """Found among the newest families, by the hub's own acts."""
    with looking_out():
        if RiskFrom.objects.exists():
            return
    for place, (woman, man) in enumerate(_couples(hub)):
        because, source = _RISKS[place]
        hannah, joanna = hub.staff["hannah"], hub.staff["joanna"]
        risk = say_risk(woman, by=hannah, now=now, whom=man, because=because, source=source)
        tied = Relationship.objects.filter(person=man, other=woman, kind="partner", until=None).exists()
        if not tied:
            tie = relate(man, by=joanna, now=now, other=woman, kind="partner", source=source)
            if place:
                end_tie(
                    tie, by=hannah, now=now, until=now.date() - timedelta(days=40), because="She left him in October"
                )
        if place == 0:
            _say_what_is_safe(hub, woman, now)
        if place == 2:
            end_risk(risk, by=hannah, now=now, until=now.date() - timedelta(days=1), because="He has died in prison")


def _couples(hub: Hub) -> list[tuple[Person, Person]]:
    """A woman and a man, one pair of each family."""
    found: dict[int, tuple[Person, Person]] = {}
    rows = Enquiry.objects.filter(area=hub.areas["wend-valley"], kind="child", is_held=False).exclude(status="closed")
    for enquiry in rows.filter(concerns__overlap=["da_parent", "da_child", "da_other"]).order_by("-received_at"):
        adults = [party.person for party in enquiry.parties.filter(role="adult").select_related("person")]
        women, men = ([one for one in adults if one.sex == sex and one.lead_id is None] for sex in "FM")
        if women and men:
            found.setdefault(women[0].pk, (women[0], men[0]))
    return list(found.values())[: len(_RISKS)]


def _say_what_is_safe(hub: Hub, woman: Person, now: datetime) -> None:
    for line in contact_lines(woman, by=hub.staff["hannah"])[:1]:
        say_safe(
            woman, by=hub.staff["hannah"], now=now, contact=line.number, says=SAFE,
            because="She says so herself: it is the telephone that her sister keeps.",
            hours="Weekdays 10am to 2pm; say that you ring from the surgery",
        )  # fmt: skip
