"""Where a protected person is stands on one page, for a reason, and nowhere else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent
from openmash.desk.tests.families import MONDAY, ask, receive
from openmash.enquiries.given import GivenParty, GivenProfessional
from openmash.gathering.models import Request
from openmash.people import actions, protecting
from openmash.people.given import GivenPerson
from openmash.people.models import Marker, Name
from openmash.people.queries import find_people, known_at, load_person

pytestmark = pytest.mark.django_db

HOME = {"address_lines": "77 Marrowfat Lane", "postcode": "WX9 9ZQ"}
CANARIES = (
    "Marrowfat", "WX9 9ZQ", "960777", "zora@", "Quillback Primary", "Zander Surgery", "Tench Refuge", "Perch Team",
    "Roach Nursery",
)  # fmt: skip
BECAUSE = "Her health visitor has to find her this afternoon."
ZORA = GivenParty(
    GivenPerson(given="Zora", family="Ibbet", born_on=date(1990, 6, 7), sex="F", telephone="01632 960777",
                email="zora@ibbet.example", **HOME),
    "adult", "mother", lives_in_household=True, gp="Zander Surgery",
)  # fmt: skip
PIP = GivenParty(
    GivenPerson(given="Pip", family="Ibbet", born_on=date(2019, 8, 9), sex="M", **HOME), "child",
    school="Quillback Primary", gp="Zander Surgery", lives_in_household=True,
)  # fmt: skip
GRAN = GivenParty(
    GivenPerson(given="Olwen", family="Ibbet", born_on=date(1961, 1, 2), sex="F", **HOME), "adult", "grandparent"
)


@pytest.fixture
def enquiry(hub):
    worker = GivenProfessional("Tench Refuge", "Key worker", "Bo Lind", "01632 960777")
    made = receive(hub, PIP, ZORA, GRAN, professionals=(worker,))
    for party in made.parties.filter(relation_to_child="mother"):
        facts = {"kind": "looked_after", "agency": hub.agencies["childrens-social-care"], "team": "Perch Team"}
        actions.mark(party.person, by=hub.staff["joanna"], now=MONDAY, **facts)
        Name.objects.filter(person=party.person).update(source="The manager of Roach Nursery")
    return made


@pytest.fixture
def zora(hub, enquiry):
    return load_person(enquiry.parties.get(role="adult", relation_to_child="mother").person_id, by=hub.staff["ruth"])


@pytest.fixture
def protected(hub, zora):
    protecting.protect(zora, by=hub.staff["joanna"], now=MONDAY, because="From Karl Ibbet, who hurt her.")
    return zora


def pages(enquiry) -> list[str]:
    people = [f"/person/{party.person_id}/" for party in enquiry.parties.all()]
    matches = [f"{path}{part}" for path in people for part in ("matches/", "whereabouts/")]
    parts = "", "people/", "chronology/", "requests/", "decision/", "releases/", "history/", "record/"
    of_one = [f"/enquiry/{enquiry.reference}/{part}" for part in parts]
    asked = ("Zora+Ibbet+1990", "77+Marrowfat+Lane+WX9+9ZQ", "01632+960777", "Pip+Ibbet+WX99ZQ")
    return [*people, *matches, *of_one, *(f"/search/?q={one}" for one in asked), "/queue/", "/pairs/"]


def text_of(response) -> str:
    return response.content.decode()


def shown(client, enquiry) -> dict[str, list[str]]:
    """The canaries on each page that has any. What was typed into the search box comes back in it, and is left out."""
    found = {}
    for path in pages(enquiry):
        said = text_of(client.get(path))
        asked = path.partition("?q=")[2].replace("+", " ")
        found[path] = [bird for bird in CANARIES if bird in said.replace(asked, "") and bird not in asked]
    return {path: birds for path, birds in found.items() if birds}


@pytest.mark.parametrize("who", ["joanna", "hannah", "ruth"])
def test_no_page_tells_where_they_are(hub, client, enquiry, zora, who):
    client.force_login(hub.staff[who])
    before = {bird for birds in shown(client, enquiry).values() for bird in birds}
    assert before == set(CANARIES), "each stands somewhere while nobody is protected"
    protecting.protect(zora, by=hub.staff["joanna"], now=MONDAY, because="From Karl Ibbet, who hurt her.")
    assert shown(client, enquiry) == {}


def test_the_children_who_live_there_are_protected_too_and_nobody_else(hub, protected):
    marked = Marker.objects.filter(kind="do_not_disclose").values_list("person__names__given", flat=True)
    assert set(marked) == {"Zora", "Pip"}


def test_no_address_and_no_number_finds_them(hub, protected):
    ruth = hub.staff["ruth"]
    assert find_people("77 Marrowfat Lane WX9 9ZQ", by=ruth).people == ()
    assert find_people("01632 960777", by=ruth).people == ()
    assert known_at("77 Marrowfat Lane", "WX9 9ZQ", by=ruth) == ()
    [zora] = find_people("Zora Ibbet 1990", by=ruth).people
    assert zora.address == "Protected: ask the duty team"


def test_an_agency_that_was_asked_before_is_not_told_any_more(hub, client, enquiry, zora):
    ask(hub, enquiry, "police")
    request = Request.objects.get(enquiry=enquiry)
    client.force_login(hub.staff["lewis"])
    assert "Marrowfat" in text_of(client.get(f"/request/{request.token}/"))
    protecting.protect(zora, by=hub.staff["joanna"], now=MONDAY, because="From Karl Ibbet, who hurt her.")
    page = text_of(client.get(f"/request/{request.token}/"))
    assert "Zora Ibbet" in page and "Marrowfat" not in page and "WX9 9ZQ" not in page


def test_no_agency_is_told(hub, enquiry, protected):
    ask(hub, enquiry, "police", "health", "housing")
    for request in Request.objects.filter(enquiry=enquiry):
        assert not [bird for bird in CANARIES if bird in request.wording]


def test_the_one_page_shows_it_once_for_a_reason_that_is_on_the_ledger_first(hub, client, enquiry, protected):
    client.force_login(hub.staff["hannah"])
    path = f"/person/{protected.pk}/whereabouts/"
    assert "at least 20 characters" in text_of(client.post(path, {"because": "a case"}))
    assert not LedgerEvent.objects.filter(event="whereabouts.opened").exists()
    said = text_of(client.post(path, {"because": BECAUSE}))
    assert [bird for bird in CANARIES if bird in said] == ["Marrowfat", "WX9 9ZQ", "960777", "zora@", "Zander Surgery"]
    line = LedgerEvent.objects.get(event="whereabouts.opened")
    assert (line.kept["because"], line.people, line.actor) == (BECAUSE, [protected.pk], hub.staff["hannah"].pk)
    assert "Marrowfat" not in text_of(client.get(path))


@pytest.mark.parametrize("who", ["joanna", "lewis", "gwen"])
def test_for_others_there_is_nothing_to_open(hub, client, protected, who):
    client.force_login(hub.staff[who])
    assert client.post(f"/person/{protected.pk}/whereabouts/", {"because": BECAUSE}).status_code == 404
    with pytest.raises(Refused):
        protecting.open_whereabouts(protected, by=hub.staff[who], because=BECAUSE)


def test_ending_it_takes_two_one_of_them_a_practice_manager(hub, client, enquiry, protected):
    client.force_login(hub.staff["hannah"])
    given = {"because": "He has died.", "their_view": "She agrees."}
    client.post(f"/person/{protected.pk}/unprotect/", given)
    row = protecting.load_unprotecting(protecting.guard_of(protected, by=hub.staff["hannah"]).proposed.number,
                                       by=hub.staff["hannah"])  # fmt: skip
    with pytest.raises(Refused, match="Someone else"):
        protecting.agree_unprotecting(row, by=hub.staff["hannah"])
    assert protecting.guard_of(protected, by=hub.staff["ruth"]).is_protected
    client.force_login(hub.staff["ruth"])
    assert "She agrees." in text_of(client.get(f"/person/{protected.pk}/whereabouts/"))
    client.post(f"/person/unprotecting/{row.pk}/agree/")
    assert not protecting.guard_of(protected, by=hub.staff["ruth"]).is_protected
    said = text_of(client.get(f"/person/{protected.pk}/"))
    assert "01632 960777" in said
    assert "Marrowfat" not in said, "her child is protected still, and lives there"


def test_it_is_declined_with_a_reason_and_can_be_proposed_again(hub, client, protected):
    first = protecting.propose_unprotecting(protected, by=hub.staff["hannah"], because="Moved.", their_view="Unknown.")
    with pytest.raises(Refused, match="proposed already"):
        protecting.propose_unprotecting(protected, by=hub.staff["ruth"], because="Moved.", their_view="Unknown.")
    client.force_login(hub.staff["ruth"])
    path = f"/person/unprotecting/{first.pk}/decline/"
    assert "Enter why the protection has to stay" in text_of(client.post(path, {"because": ""}))
    client.post(path, {"because": "Nobody asked her."})
    assert protecting.guard_of(protected, by=hub.staff["ruth"]).is_protected
    protecting.propose_unprotecting(protected, by=hub.staff["hannah"], because="Asked.", their_view="She agrees.")


def test_nobody_alone_ends_a_marker_that_protects(hub, protected):
    from openmash.people.actions import unmark

    marker = Marker.objects.get(person=protected, kind="do_not_disclose")
    with pytest.raises(Refused, match="Two people"):
        unmark(protected, by=hub.staff["ruth"], marker=marker, until=MONDAY.date() + timedelta(days=1))


def test_what_somebody_carries_at_two_addresses_is_said_once(hub, client, enquiry, zora):
    lodger = enquiry.parties.get(relation_to_child="grandparent").person
    actions.mark(lodger, by=hub.staff["joanna"], now=MONDAY, kind="risk_adult", agency=hub.agencies["police"])
    other = receive(
        hub,
        replace(GRAN, person=replace(GRAN.person, address_lines="3 Mill Lane", postcode="WX3 4AB")),
        replace(ZORA, person=replace(ZORA.person, address_lines="3 Mill Lane", postcode="WX3 4AB")),
        key="b",
    )
    for party, person in zip(other.parties.order_by("order"), (lodger, zora), strict=True):
        actions.say_same(party.person, by=hub.staff["joanna"], now=MONDAY, other=person)
    client.force_login(hub.staff["hannah"])
    assert text_of(client.get(f"/person/{zora.pk}/")).count("(lives there) may pose a risk to children") == 1
