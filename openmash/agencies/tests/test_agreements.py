"""The register of sharing agreements: versions, signatures, reviews and overrides; who keeps it and who reads it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from openmash.agencies import agreements
from openmash.agencies.models import Agreement, Letter, SharingOverride, Signature
from openmash.agencies.policies import has_live_signature, may_be_sent
from openmash.agencies.register import register
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=400)


@pytest.fixture
def agreement(hub) -> Agreement:
    return hub.areas["wend-valley"].agreements.get()


def next_version(agreement, by, **changes) -> Agreement:
    facts = {"version": "2.0", "in_force_from": TODAY, "review_on": LATER, "counts_until": SOON}
    facts |= {"shares": ["who"], "lawful_bases": ["public_task"], "kept_at": "Folder 13"}
    return agreements.make_version(agreement, by=by, **facts | changes)


def sign(agreement, hub, agency="police", on=TODAY, by="gwen"):
    facts = {"signed_by": "Ann Okoro", "role": "Chief Constable", "on": on}
    return agreements.sign(agreement, by=hub.staff[by], agency=hub.agencies[agency], **facts)


def lives(hub, agency="police") -> bool:
    return bool(has_live_signature(hub.agencies[agency], hub.areas["wend-valley"].pk))


def days(**more) -> dict[str, int]:
    """Dates as the form sends them, in three boxes each."""
    boxes = ("day", "month", "year")
    return {f"{name}-{box}": getattr(value, box) for name, value in more.items() for box in boxes}


def test_a_new_version_asks_everybody_anew_and_the_old_signatures_count_until_a_day(hub, agreement):
    new = next_version(agreement, hub.staff["gwen"])
    assert (new.follows, new.title, list(new.areas.all())) == (agreement, agreement.title, list(agreement.areas.all()))
    told = set(Letter.objects.filter(about="Sharing agreement").values_list("user__name", flat=True))
    assert {"Insp Karen Holt", "Anjali Rao"} <= told and "Gwen Astley" not in told
    assert lives(hub)
    sign(new, hub)
    Agreement.objects.filter(pk=agreement.pk).update(counts_until=TODAY - timedelta(days=1))
    assert (lives(hub), lives(hub, "health")) == (True, False)
    with pytest.raises(Refused, match="has taken its place already"):
        next_version(agreement, hub.staff["gwen"], version="3.0")
    with pytest.raises(Refused, match="Record the signature there"):
        sign(Agreement.objects.get(pk=agreement.pk), hub, "cafcass")


def test_a_signature_counts_from_its_day_to_its_end_on_a_version_in_force(hub, agreement):
    gwen, row = hub.staff["gwen"], Signature.objects.get(agency=hub.agencies["police"], agreement=agreement)
    assert lives(hub) and not lives(hub, "cafcass")
    for change in ({"in_force_from": SOON}, {"counts_until": TODAY - timedelta(days=1)}):
        Agreement.objects.filter(pk=agreement.pk).update(review_on=LATER, **change)
        assert not lives(hub), change
        Agreement.objects.filter(pk=agreement.pk).update(in_force_from=date(2024, 9, 2), counts_until=None)
    agreements.end_signature(row, by=gwen, on=SOON, because="They leave.")
    assert lives(hub)
    Signature.objects.filter(pk=row.pk).update(ended_on=TODAY)
    assert not lives(hub)
    with pytest.raises(Refused, match="ended already"):
        agreements.end_signature(row, by=gwen, on=SOON, because="Again.")
    assert sign(agreement, hub).role == "Chief Constable" and lives(hub)


def test_what_does_not_hold_together_is_refused(hub, agreement):
    gwen, cafcass = hub.staff["gwen"], hub.agencies["cafcass"]
    early = TODAY - timedelta(days=1)
    for words, act in {
        "until the new version is in force": lambda: next_version(agreement, gwen, counts_until=early),
        "a number of its own": lambda: next_version(agreement, gwen, version=agreement.version),
        "reviewed after": lambda: next_version(agreement, gwen, review_on=TODAY),
        "has signed this version already": lambda: sign(agreement, hub),
        "today or earlier": lambda: sign(agreement, hub, "cafcass", on=SOON),
        "review is after today": lambda: agreements.record_review(agreement, by=gwen, review_on=TODAY),
        "on or after the day": lambda: agreements.end_signature(
            agreement.signatures.first(), by=gwen, on=date(2020, 1, 1), because="x"
        ),
        "within 90 days": lambda: override(hub, cafcass, until=LATER),
        "needs no override": lambda: override(hub, hub.agencies["police"]),
        "Say why it cannot wait": lambda: override(hub, cafcass, because=" "),
        "Say which areas": lambda: agreements.make_agreement([], by=gwen, in_force_from=TODAY, review_on=LATER),
    }.items():
        with pytest.raises(Refused, match=words):
            act()


def override(hub, agency, by="gwen", **changes) -> SharingOverride:
    facts = {"until": SOON, "because": "A court has asked for it by Monday."} | changes
    return agreements.override_until(hub.areas["wend-valley"], by=hub.staff[by], agency=agency, **facts)


def test_an_override_lasts_until_its_day_or_its_end_and_holds_in_one_area(hub):
    cafcass, here, there = hub.agencies["cafcass"], hub.areas["wend-valley"].pk, hub.areas["harrowmouth"].pk
    assert "Cafcass has not signed" in may_be_sent(cafcass, here).why
    row = override(hub, cafcass)
    assert may_be_sent(cafcass, here) and not has_live_signature(cafcass, here) and not may_be_sent(cafcass, there)
    SharingOverride.objects.update(until=TODAY - timedelta(days=1))
    assert not may_be_sent(cafcass, here)
    SharingOverride.objects.update(until=TODAY)
    assert may_be_sent(cafcass, here)
    agreements.end_override(row, by=hub.staff["gwen"])
    assert not may_be_sent(cafcass, here)
    with pytest.raises(Refused, match="has ended already"):
        agreements.end_override(row, by=hub.staff["gwen"])
    (line,) = LedgerEvent.objects.filter(event="agreement.overridden-until")
    assert (line.actor_name, line.thing_number) == ("Gwen Astley", row.pk)


@pytest.mark.parametrize("who", ["nina", "ruth", "hannah", "karen", "priya"])
def test_only_the_governance_lead_of_every_area_it_covers_keeps_it(hub, agreement, who):
    by, row = hub.staff[who], override(hub, hub.agencies["cafcass"])
    for act in (
        lambda: next_version(agreement, by),
        lambda: sign(agreement, hub, "cafcass", by=who),
        lambda: agreements.record_review(agreement, by=by, review_on=LATER),
        lambda: agreements.end_signature(agreement.signatures.first(), by=by, on=SOON, because="x"),
        lambda: override(hub, hub.agencies["cafcass"], by=who),
        lambda: agreements.end_override(row, by=by),
        lambda: agreements.make_agreement([hub.areas["wend-valley"]], by=by, in_force_from=TODAY, review_on=LATER),
    ):
        with pytest.raises(Refused):
            act()


def test_one_who_keeps_one_area_does_not_keep_an_agreement_of_two(hub, agreement):
    gwen = hub.staff["gwen"]
    agreement.areas.add(hub.areas["harrowmouth"])
    agreements.record_review(agreement, by=gwen, review_on=LATER)
    gwen.postings.filter(area=hub.areas["harrowmouth"]).update(until=TODAY - timedelta(days=1))
    del gwen.postings_now
    with pytest.raises(Refused, match="information governance lead"):
        agreements.record_review(agreement, by=gwen, review_on=LATER)


def test_the_register_shows_first_what_is_overdue_and_every_agency_with_what_covers_it(hub, agreement):
    override(hub, hub.agencies["cafcass"])
    found = register(by=hub.staff["gwen"])
    assert [(line.areas, line.is_overdue) for line in found.lines] == [("Harrowmouth", True), ("Wend Valley", False)]
    covers = {(line.agency, line.area): line for line in found.covers}
    assert covers[hub.agencies["police"].name, "Wend Valley"].number == agreement.pk
    assert covers["Cafcass", "Wend Valley"].number == 0
    assert covers["Cafcass", "Wend Valley"].override.by == "Gwen Astley"
    assert covers["Cafcass", "Harrowmouth"].override is None
    assert {line.area for line in register(by=hub.staff["hannah"]).covers} == {"Wend Valley"}


class TestThePages:
    def test_everybody_reads_and_only_the_lead_is_offered_to_change(self, hub, agreement, client):
        client.force_login(hub.staff["karen"])
        for path in ("/agreements/", f"/agreements/{agreement.pk}/"):
            text = client.get(path).content.decode()
            assert "Wend Valley MASH information sharing agreement" in text
            assert "Record a signature" not in text and "Add an agreement" not in text
        assert client.get("/agreements/new/").status_code == 404
        assert client.get("/agreements/999999/").status_code == 404
        other = hub.areas["harrowmouth"].agreements.get()
        client.force_login(hub.staff["hannah"])
        assert client.get(f"/agreements/{other.pk}/").status_code == 404

    def test_the_lead_keeps_the_register_from_the_first_version_to_the_end_of_a_signature(self, hub, client):
        client.force_login(hub.staff["gwen"])
        text = client.get("/agreements/").content.decode()
        assert "Review overdue" in text and "Override a missing signature" in text
        said = {"shares": ["who"], "lawful_bases": ["public_task"], "kept_at": "Folder 1", "version": "1"}
        said |= {"title": "Wendmark adults agreement", "areas": [hub.areas["wend-valley"].pk]}
        answer = client.post("/agreements/new/", said | days(in_force_from=TODAY, review_on=TODAY))
        assert "must be after it comes into force" in answer.content.decode()
        client.post("/agreements/new/", said | days(in_force_from=TODAY, review_on=LATER))
        row = Agreement.objects.get(title="Wendmark adults agreement")
        here = f"/agreements/{row.pk}/"
        signer = {"agency": hub.agencies["cafcass"].pk, "signed_by": "Jo Cole", "role": "Director"}
        client.post(f"{here}sign/", signer | days(on=TODAY))
        assert lives(hub, "cafcass")
        text = client.get(here).content.decode()
        assert "Jo Cole" in text and "Have not signed this version" in text and "Names, dates" not in text
        client.post(f"{here}review/", days(review_on=SOON))
        (signature,) = row.signatures.all()
        end = {"because": "They have left."}
        answer = client.post(f"/agreements/signature/{signature.pk}/end/", end | days(on=date(2020, 1, 1)))
        assert "Enter that day or a later one" in answer.content.decode()
        client.post(f"/agreements/signature/{signature.pk}/end/", end | days(on=TODAY))
        said = {name: said[name] for name in ("shares", "lawful_bases", "kept_at", "version")}
        dates = days(in_force_from=TODAY, review_on=LATER, counts_until=SOON)
        assert "Enter another version" in client.post(f"{here}version/", said | dates).content.decode()
        answer = client.post(f"{here}version/", said | dates | {"version": "2"}, follow=True)
        assert "Nobody has signed this version yet" in answer.content.decode()
        row.refresh_from_db()
        assert (row.review_on, row.counts_until, row.followed_by.version) == (SOON, SOON, "2")

    def test_the_lead_overrides_a_missing_signature_and_ends_that(self, hub, client):
        client.force_login(hub.staff["gwen"])
        cafcass, area = hub.agencies["cafcass"], hub.areas["wend-valley"]
        said = {"agency": f"{cafcass.pk}-{area.pk}", "because": "A hearing on Monday."}
        answer = client.post("/agreements/override/", said | days(until=LATER))
        assert "The last day must be" in answer.content.decode()
        client.post("/agreements/override/", said | days(until=SOON))
        assert "A hearing on Monday." in client.get("/agreements/").content.decode()
        assert may_be_sent(cafcass, area.pk)
        client.post(f"/agreements/override/{SharingOverride.objects.get().pk}/end/")
        assert not may_be_sent(cafcass, area.pk)
