"""The referrer is told in no way that is not safe, unless somebody says why it has to be that one."""

import pytest

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent
from openmash.decisions import actions
from openmash.decisions.telling import unsafe_ways
from openmash.decisions.tests.test_actions import LATER, decided
from openmash.enquiries.models import Referrer
from openmash.people.models import Address, Contact, Marker, Residence
from openmash.people.reaching import CALLED_UNSAFE, DANGER_THERE, RISK_LIVES_THERE
from openmash.people.risks import say_risk

pytestmark = pytest.mark.django_db
MAIL = "ann@bell.example"
WHY = "She asked for this address on the telephone an hour ago."


@pytest.fixture
def enquiry(world):
    made = decided(world)
    Referrer.objects.filter(enquiry=made).update(
        kind="self", name="Ann Bell", email=MAIL, telephone="01632 960123", user=None
    )
    return world.fresh(made)


@pytest.fixture
def ann(enquiry):
    return enquiry.parties.get(role="adult").person


@pytest.fixture
def hers(ann):
    def has(kind, value, **more):
        Contact.objects.create(person=ann, kind=kind, value=value, source="Told", recorded_at=LATER, **more)

    return has


@pytest.fixture
def risk_at_home(hub, enquiry, ann):
    """Mia's and Ann's home is that of a man who may pose a risk; the enquiry does not name him."""
    man = enquiry.parties.get(role="child").person  # whoever lives there carries it: who does not matter
    home = Address.objects.create(area=enquiry.area, lines="9 Rope Walk", key="9 rope walk")
    for person in (ann, man):
        Residence.objects.create(person=person, address=home, source="Told", recorded_at=LATER)
    Marker.objects.create(
        person=man, kind="risk_adult", agency=hub.agencies["police"], source="Told", recorded_at=LATER
    )


def tell(world, enquiry, how, **more):
    return actions.give_feedback(world.fresh(enquiry), by=world.joanna, now=LATER, how=how, **more)


def test_nothing_is_known_against_any_way(enquiry, hers):
    hers("email", MAIL)
    assert unsafe_ways(enquiry) == {}


def test_an_address_that_was_called_not_safe_is_not_written_to_without_a_reason(world, enquiry, hers):
    hers("email", MAIL.upper(), is_safe=False)
    assert unsafe_ways(enquiry) == {"email": CALLED_UNSAFE}
    for empty in ("", "  "):
        with pytest.raises(Refused, match="Tell them in another way, or say why it has to be this one"):
            tell(world, enquiry, "email", despite=empty)
    assert not enquiry.feedback.exists() and not Letter.objects.filter(key__startswith="feedback-").exists()
    refusal = LedgerEvent.objects.filter(event="referrer.told").last()
    assert refusal.outcome == LedgerEvent.REFUSED and CALLED_UNSAFE in refusal.reasons
    assert tell(world, enquiry, "telephone", despite="Nobody asked.").despite == ""


def test_with_a_reason_it_is_and_the_reason_is_on_record(world, enquiry, hers):
    hers("email", MAIL, is_safe=False)
    assert tell(world, enquiry, "email", despite=WHY).despite == WHY
    assert Letter.objects.filter(key__startswith="feedback-", to=MAIL).exists()
    assert LedgerEvent.objects.filter(event="referrer.told").last().kept == {"how": "email", "despite": WHY}


def test_where_somebody_lives_who_may_pose_a_risk_no_way_leads_but_what_is_safe_for_her(
    world, enquiry, hers, risk_at_home
):
    hers("email", MAIL)
    hers("telephone", "01632 960123", is_safe=True)
    assert unsafe_ways(enquiry) == {"email": RISK_LIVES_THERE, "letter": RISK_LIVES_THERE}
    for how in ("email", "letter"):
        with pytest.raises(Refused, match="may pose a risk"):
            tell(world, enquiry, how)
    assert tell(world, enquiry, "telephone")


def test_a_referrer_who_is_none_of_them_gets_their_letter(enquiry, risk_at_home):
    Referrer.objects.filter(enquiry=enquiry).update(name="Ida Penn", email="ida@school.example", telephone="")
    enquiry.referrer.refresh_from_db()
    assert unsafe_ways(enquiry) == {}


def test_where_somebody_is_a_danger_to_one_of_them_no_reason_helps(
    world, client, hub, enquiry, ann, hers, risk_at_home
):
    hers("email", MAIL)
    man = enquiry.parties.get(role="child").person
    say_risk(ann, by=hub.staff["joanna"], whom=man, because="He strangled her.", source="The IDVA")
    assert unsafe_ways(enquiry)["email"] == unsafe_ways(enquiry)["letter"] == DANGER_THERE
    for how in ("email", "letter"):
        with pytest.raises(Refused, match="whatever the reason"):
            tell(world, enquiry, how, despite=WHY)
    client.force_login(world.joanna)
    path = f"/enquiry/{enquiry.reference}/feedback/"
    shown = client.get(path).content.decode()
    assert f"By e-mail: {DANGER_THERE}" in shown and "is at risk from" in shown
    assert "though it is not safe?" not in shown, "no way is left for which a reason would help"
    again = client.post(path, {"version": enquiry.version, "how": "letter", "despite": WHY}).content.decode()
    assert again.count(DANGER_THERE) > shown.count(DANGER_THERE)
    assert not enquiry.feedback.exists()
    hers("telephone", "01632 960123", is_safe=True)
    assert tell(world, enquiry, "telephone"), "what is safe for her may be used"


def test_the_form_warns_asks_beside_the_field_and_shows_the_reason_afterwards(world, client, enquiry, hers):
    hers("email", MAIL, is_safe=False)
    client.force_login(world.joanna)
    path = f"/enquiry/{enquiry.reference}/feedback/"
    shown = client.get(path).content.decode()
    assert f"By e-mail: {CALLED_UNSAFE}" in shown and "though it is not safe?" in shown
    typed = {"version": enquiry.version, "how": "email"}
    again = client.post(path, typed).content.decode()
    assert f"{CALLED_UNSAFE} Choose another way, or enter why it has to be this one" in again
    assert not enquiry.feedback.exists()
    assert client.post(path, typed | {"despite": WHY}).status_code == 302
    assert WHY in client.get(f"/enquiry/{enquiry.reference}/decision/").content.decode()


def test_nobody_is_asked_for_a_reason_where_every_way_is_safe(world, client, enquiry):
    client.force_login(world.joanna)
    assert "though it is not safe?" not in client.get(f"/enquiry/{enquiry.reference}/feedback/").content.decode()
