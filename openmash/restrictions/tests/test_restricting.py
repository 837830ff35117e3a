"""Restricted: whoever is not named sees what a stranger sees of what does not exist; no work is left without hands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry, Named, Restriction
from openmash.enquiries.queries import needs_of
from openmash.enquiries.steps import raise_need
from openmash.lookout import actions as lookout
from openmash.people.kept import kept_from
from openmash.restrictions import actions
from openmash.restrictions.tests.conftest import WHY, restricted, signed_in

pytestmark = pytest.mark.django_db


def test_it_exists_for_those_who_are_named_alone(hub, received):
    enquiry = received()
    enquiries.take(enquiry, by=hub.staff["hannah"])
    path, nothing = f"/enquiry/{enquiry.reference}/", "/enquiry/WV-2222-2222/"
    joanna, ruth = signed_in(hub.staff["joanna"]), signed_in(hub.staff["ruth"])
    assert joanna.get(path).status_code == 200 and ruth.get("/due/").status_code == 200
    person = enquiry.parties.get(role="child").person_id
    page = ruth.get(f"{path}restrict/").content.decode()
    assert "Hannah Brook, Triage social worker" in page and "If you do not name yourself" in page
    said = {"category": "staff_interest", "because": "A coordinator’s sister."}
    refused = ruth.post(f"{path}restrict/", said | {"names": [hub.staff["ruth"].pk]}).content.decode()
    assert "Hannah Brook has this enquiry. Name them, or have them give it back first." in refused
    assert "A coordinator’s sister." in refused
    names = [hub.staff["ruth"].pk, hub.staff["hannah"].pk]
    done = ruth.post(f"{path}restrict/", said | {"names": names}, follow=True).content.decode()
    assert f"{enquiry.reference} is restricted" in done and "Hannah Brook, Ruth Okafor" in done

    for client in (joanna, signed_in(hub.staff["martin"]), signed_in(hub.staff["shabana"])):
        assert client.get(path).status_code == 404
        for part in ("", "people/", "chronology/", "history/", "restrict/", "match/"):
            assert client.get(path + part).content == client.get(nothing + part).content, part
        assert client.get(f"/person/{person}/").content == client.get("/person/99999999/").content
        for where in ("/queue/", "/work/", "/needs/", f"/search/?q={enquiry.reference}", "/search/?q=Mia+Bell+2019"):
            found = client.get(where)
            assert enquiry.reference not in found.content.decode().replace(f'value="{enquiry.reference}"', ""), where
            assert f"/person/{person}/" not in found.content.decode(), where
    assert "Received (0)" in joanna.get("/queue/").content.decode()
    for client in (ruth, signed_in(hub.staff["hannah"])):
        assert client.get(path).status_code == 200
        assert enquiry.reference in client.get("/queue/").content.decode()


def test_nobody_who_has_something_to_do_is_left_out(hub, received):
    enquiry, ruth = received(), hub.staff["ruth"]
    facts = {"path": "/", "due_at": timezone.now(), "now": timezone.now()}
    raise_need(enquiry, "proposal", "Look at it", user=hub.staff["tomasz"], **facts)
    raise_need(enquiry, "answer", "Answer", agency=hub.agencies["health"], **facts)
    raise_need(enquiry, "take-on", "Take it on", team=hub.teams["health-visiting"], **facts)
    raise_need(enquiry, "answer", "Answer", agency=hub.agencies["north-wend-housing"], **facts)
    with pytest.raises(Refused) as refused:
        restricted(enquiry, hub, "ruth")
    assert refused.value.verdict.reasons == (
        "Tomasz Zielak has something to do in it: Look at it. Name them.",
        "Wendmark Community Health has something to do in it. Name somebody there.",
        "Wend Valley health visiting has something to do in it. Name somebody of the team.",
    )
    with pytest.raises(Refused, match="at least one person"):
        actions.restrict(enquiry, by=ruth, **WHY, names=[])
    assert not Restriction.objects.exists() and not Named.objects.exists()
    restriction = restricted(enquiry, hub, "ruth", "tomasz", "kate")
    with pytest.raises(Refused, match="Tomasz Zielak has something to do"):
        actions.unname(restriction, by=ruth, user=hub.staff["tomasz"])


def test_nobody_is_asked_who_would_see_nothing_and_the_clocks_go_on(hub, received):
    enquiry = received()
    restricted(enquiry, hub, "ruth", "anjali")
    enquiry.refresh_from_db()
    facts = {"path": "/", "due_at": timezone.now(), "now": timezone.now()}
    with bound_to(hub.staff["ruth"]):
        with pytest.raises(Refused, match="nobody of Wendmark Constabulary is named on it"):
            raise_need(enquiry, "answer", "Answer", agency=hub.agencies["police"], **facts)
        raise_need(enquiry, "answer", "Answer", agency=hub.agencies["health"], **facts)
    raise_need(enquiry, "late", "It is late", agency=hub.agencies["police"], **facts)
    told = Letter.objects.filter(about=enquiry.reference, link="/").values_list("user__name", flat=True)
    assert set(told) == {"Anjali Rao"}


def test_who_sends_it_once_more_gets_the_same_enquiry(hub, received):
    siobhan = hub.staff["siobhan"]
    from openmash.triage.tests.conftest import given

    first = enquiries.receive(hub.areas["wend-valley"], by=siobhan, given=given(), key="twice")
    restricted(first, hub, "ruth")
    again = enquiries.receive(hub.areas["wend-valley"], by=siobhan, given=given(), key="twice")
    assert again == first


def test_the_governance_lead_restricts_by_reference_and_reviews(hub, received):
    enquiry, gwen = received(), signed_in(hub.staff["gwen"])
    assert gwen.get(f"/enquiry/{enquiry.reference}/").status_code == 404
    answer = gwen.get("/restrictions/", {"reference": enquiry.reference.lower()})
    assert answer["Location"] == f"/enquiry/{enquiry.reference}/restrict/"
    said = {"category": "high_profile", "because": "In the papers.", "names": [hub.staff["martin"].pk]}
    gwen.post(answer["Location"], said)
    restriction = Restriction.objects.get()
    page = f"/restrictions/{restriction.pk}/"
    assert gwen.get(answer["Location"])["Location"] == page
    assert "Select a person" in gwen.post(page, {"act": "name", "user": ""}).content.decode()
    gwen.post(page, {"act": "name", "user": hub.staff["hannah"].pk})
    gwen.post(f"{page}unname/{hub.staff['martin'].pk}/")
    assert list(Named.objects.filter(until=None).values_list("user__name", flat=True)) == ["Hannah Brook"]
    assert gwen.post(f"{page}unname/{hub.staff['hannah'].pk}/").status_code == 403

    Restriction.objects.update(review_due_at=timezone.now() - timedelta(minutes=1))
    assert "Overdue" in gwen.get("/restrictions/").content.decode()
    assert signed_in(hub.staff["joanna"]).get(f"/enquiry/{enquiry.reference}/").status_code == 404  # it stays shut
    gwen.post(page, {"act": "review", "review-because": "Still in the papers."})
    assert "Overdue" not in gwen.get("/restrictions/").content.decode()
    restriction.refresh_from_db()
    assert restriction.review_due_at > timezone.now() + timedelta(days=89)
    assert "Still in the papers" in restriction.reviewed_because

    gwen.post(page, {"act": "lift", "lift-because": "Forgotten."})
    assert signed_in(hub.staff["joanna"]).get(f"/enquiry/{enquiry.reference}/").status_code == 200
    assert gwen.get(page).status_code == 404


def test_a_practice_manager_who_is_not_named_does_not_know_of_it(hub, received):
    enquiry = received()
    restriction = restricted(enquiry, hub, "hannah", by="ruth")
    ruth = signed_in(hub.staff["ruth"])
    for path in (f"/restrictions/{restriction.pk}/", f"/enquiry/{enquiry.reference}/restrict/"):
        assert ruth.get(path).status_code == 404
    assert enquiry.reference not in ruth.get("/restrictions/").content.decode()
    assert signed_in(hub.staff["hannah"]).get("/restrictions/").status_code == 404
    with pytest.raises(Refused, match="done by a practice manager"):
        actions.restrict(received(), by=hub.staff["hannah"], **WHY, names=[hub.staff["hannah"]])
    assert Enquiry.objects.get(pk=enquiry.pk).is_restricted


def test_who_is_known_from_restricted_enquiries_alone_is_nobody_on_any_page(hub, received):
    enquiry = received()
    person = enquiry.parties.order_by("order").first().person
    restricted(enquiry, hub, "martin")
    parts = ("", "matches/", "protect/", "review/", "whereabouts/", "i-know-them/", "unprotect/")
    hannah, martin = signed_in(hub.staff["hannah"]), signed_in(hub.staff["martin"])
    assert {hannah.get(f"/person/{person.pk}/{part}").status_code for part in parts} == {404}
    asked = {"because": "It has to be known where she is tonight."}
    assert hannah.post(f"/person/{person.pk}/whereabouts/", asked).status_code == 404
    assert hannah.post(f"/person/{person.pk}/protect/", asked).status_code == 404
    assert LedgerEvent.objects.filter(
        event="person.looked-up", outcome="refused", actor=hub.staff["hannah"].pk
    ).exists()
    assert not LedgerEvent.objects.filter(event="conflict.met").exists()
    assert martin.get(f"/person/{person.pk}/matches/").status_code == 200
    assert person.pk in kept_from(hub.staff["hannah"]) and person.pk not in kept_from(hub.staff["martin"])
    another = received().parties.order_by("order").first().person
    type(another).objects.filter(pk=another.pk).update(lead=person)  # now an open enquiry knows them too
    assert person.pk not in kept_from(hub.staff["hannah"])
    assert hannah.get(f"/person/{person.pk}/matches/").status_code == 200


def test_a_new_enquiry_about_the_same_people_is_looked_at_by_those_who_are_named(hub, received):
    kept = received()
    row = restricted(kept, hub, "ruth")
    new = received()
    lookout.compare(new, by=lookout.LOOKING, now=timezone.now())
    lookout.compare(new, by=lookout.LOOKING, now=timezone.now())
    told = f"{new.reference} may be about somebody in this restricted enquiry"
    assert [one.says for one in needs_of(hub.staff["ruth"], now=timezone.now())].count(told) == 1
    for name in ("martin", "hannah", "joanna"):
        assert kept.reference not in signed_in(hub.staff[name]).get("/needs/").content.decode()
        assert not Letter.objects.filter(user=hub.staff[name], about=kept.reference, line=told).exists()
    path, ruth = f"/restrictions/{row.pk}/", signed_in(hub.staff["ruth"])
    assert f"{new.reference} may be about the same people" in ruth.get(path).content.decode()
    said = {"act": "like", "like-reference": new.reference}
    assert "Enter what comes of it" in ruth.post(path, said).content.decode()
    done = ruth.post(path, said | {"like-words": "The same child: joined."}, follow=True).content.decode()
    assert "What you said is recorded" in done and "may be about the same people" not in done
    assert "has looked at" in ruth.post(path, said | {"like-words": "Again."}).content.decode()
    assert kept.steps.filter(what="likeness-answered", because="The same child: joined.").exists()
    lookout.compare(new, by=lookout.LOOKING, now=timezone.now())
    assert kept.steps.filter(what="like-restricted").count() == 1
    assert "may be about the same people" not in ruth.get(path).content.decode()


def test_nobody_is_asked_to_look_any_more_once_it_is_open(hub, received):
    row = restricted(received(), hub, "ruth")
    lookout.compare(received(), by=lookout.LOOKING, now=timezone.now())
    actions.lift(row, by=hub.staff["ruth"], because="The colleague has left.")
    assert "may be about somebody" not in signed_in(hub.staff["ruth"]).get("/needs/").content.decode()
