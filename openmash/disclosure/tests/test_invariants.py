"""The invariants of the release protocol, each named in its tests (security design 3.7)."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from openmash.agencies.models import Letter, Posting, User
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent
from openmash.disclosure import actions, readings
from openmash.disclosure.models import Countersignature, Release, ReleaseItem
from openmash.disclosure.plan import Chosen
from openmash.disclosure.policies import is_accounted_for
from openmash.disclosure.product import hash_of
from openmash.disclosure.rows import is_the_same
from openmash.disclosure.tests.world import NOW
from openmash.enquiries.models import Referrer
from openmash.enquiries.queries import needs_of
from openmash.intelligence import actions as intelligence
from openmash.intelligence.actions import GivenItem
from openmash.people.actions import adopt, mark, record
from openmash.people.facts import Fact
from openmash.people.given import GivenPerson
from openmash.people.models import Person
from openmash.people.protecting import protect
from openmash.people.risks import say_risk
from openmash.people.tying import relate

pytestmark = pytest.mark.django_db


def refused(act, *args, **given) -> str:
    """The reasons for which the act is refused; the test fails when it is not."""
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.verdict.why


def raw(release: Release, **changes) -> None:
    """A change past every act, straight to the table."""
    with transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**changes)


def approve(release: Release, by) -> Release:
    return actions.approve(release, by=by, shown=release.body_hash)


class TestI1:
    def test_nobody_approves_what_they_proposed(self, world):
        release = world.proposed("police", by=world.ruth)
        assert "drafted, changed or proposed" in refused(approve, release, world.ruth)
        assert approve(release, world.martin).approved_by == world.martin

    def test_nor_what_they_drafted_for_another_to_propose(self, world):
        release = actions.propose(world.draft("police", by=world.ruth), by=world.hannah)
        assert "drafted, changed or proposed" in refused(approve, release, world.ruth)

    def test_nor_what_they_changed_on_the_way(self, world):
        release = world.draft("police")
        release = actions.change(release, by=world.ruth, plan=world.plan("police", summary="Seen twice."))
        release = actions.propose(release, by=world.hannah)
        assert "drafted, changed or proposed" in refused(approve, release, world.ruth)

    def test_nor_what_they_supplied_themselves(self, world):
        Posting.objects.create(
            user=world.ruth, role="agency_researcher", area=world.enquiry.area, since=date(2020, 1, 1)
        )
        given = GivenItem("Known to the team since June.", "fact", "1", "A", people=(world.people["child"],))
        ruth = type(world.ruth).objects.get(pk=world.ruth.pk)
        world.items["own"] = intelligence.deposit(world.enquiry, by=ruth, answer=None, items=[given])[0]
        release = world.proposed("own")
        assert "supplied something" in refused(approve, release, ruth)
        assert approve(release, world.martin).status == "disclosed"

    def test_nor_what_is_for_themselves(self, world):
        Posting.objects.create(
            user=world.ruth,
            role="operational_recipient",
            area=world.enquiry.area,
            team=world.hub.teams["north-wend-assessment"],
            since=date(2020, 1, 1),
        )
        release = world.proposed("police", recipient=world.ruth.pk)
        assert "this release is for you" in refused(approve, release, world.ruth)

    def test_nor_does_anybody_but_a_practice_manager_of_the_area(self, world):
        release = world.proposed("police")
        for name in ("tomasz", "shabana", "joanna", "karen", "amit", "gwen", "nina"):
            refused(approve, release, getattr(world, name))
        assert Release.objects.get().status == "proposed"

    @pytest.mark.parametrize("who", ["hannah", "lewis", "amit"])
    def test_postgresql_refuses_it_too(self, world, who):
        release = world.proposed("police")
        with pytest.raises(DatabaseError, match=r"hand in it|nobody_approves"):
            raw(release, approved_by=getattr(world, who), status="approved")

    def test_nothing_leaves_unapproved(self, world):
        release = world.proposed("police")
        with pytest.raises(DatabaseError, match="nothing_leaves_unapproved"):
            raw(release, status="approved")
        with pytest.raises(DatabaseError, match="Invalid transition"):
            raw(release, status="disclosed")


class TestI2:
    @pytest.mark.parametrize("name", ["police_s", "police_c", "health_s"])
    def test_silence_is_not_consent(self, world, name):
        release = world.proposed(name)
        assert "Silence is not consent" in refused(approve, release, world.ruth)
        with pytest.raises(DatabaseError, match="an owner has not consented"):
            raw(release, status="approved", approved_by=world.ruth)

    def test_every_owner_has_to_say_yes(self, world):
        release = world.proposed("police_s", "health_s")
        row = world.row(release, "police_s")
        release = actions.owner_answers(release, by=world.karen, item=row.pk, says="granted")
        assert "Wendmark Community Health has not answered" in refused(approve, release, world.ruth)

    def test_only_a_lead_of_the_owning_agency_answers(self, world):
        release = world.proposed("police_s")
        row = world.row(release, "police_s")
        for name in ("anjali", "lewis", "ruth", "hannah", "amit", "claire"):
            refused(actions.owner_answers, release, by=getattr(world, name), item=row.pk, says="granted")
        assert world.row(release, "police_s").owner_says == ""

    def test_nobody_answers_for_another_agencys_item_in_a_shared_release(self, world):
        release = world.proposed("police_s", "health_s")
        row = world.row(release, "health_s")
        assert "no such item" in refused(actions.owner_answers, release, by=world.karen, item=row.pk, says="granted")

    def test_a_refusal_stands_in_the_way_and_says_why(self, world):
        release = world.proposed("police_s")
        row = world.row(release, "police_s")
        assert "why" in refused(actions.owner_answers, release, by=world.karen, item=row.pk, says="refused")
        release = actions.owner_answers(
            release, by=world.karen, item=row.pk, says="refused", because="An inquiry runs."
        )
        assert "refused" in refused(approve, release, world.ruth)

    def test_a_general_item_that_may_be_shared_needs_no_owner(self, world):
        assert world.row(world.proposed("police"), "police").owner_says == "not_needed"

    def test_serious_harm_overrides_an_owner_who_is_told_at_once(self, world):
        world.karen.wants_digest = True
        world.karen.save(update_fields=["wants_digest"])
        release = world.proposed("police_s")
        row = world.row(release, "police_s")
        assert "what serious harm" in refused(actions.override, release, by=world.ruth, item=row.pk, because=" ")
        refused(actions.override, release, by=world.hannah, item=row.pk, because="The child would be hurt.")
        release = actions.override(release, by=world.ruth, item=row.pk, because="The child would be hurt tonight.")
        assert approve(release, world.ruth).status == "disclosed"
        letter = Letter.objects.get(to=world.karen.email, key__startswith="override-")
        assert not letter.waits_for_digest
        assert "hurt" not in letter.line + letter.subject
        assert readings.look_for_owner(Release.objects.get(), by=world.karen)[0].overridden_because.endswith("tonight.")

    def test_the_governance_lead_countersigns_within_a_working_day(self, world):
        release = world.proposed("police_s")
        row = world.row(release, "police_s")
        release = actions.override(release, by=world.ruth, item=row.pk, because="The child would be hurt tonight.")
        signature = Countersignature.objects.get()
        (needed,) = [need for need in needs_of(world.gwen, now=NOW) if need.path == f"/countersign/{signature.pk}/"]
        assert needed.due_at == signature.due_at <= world.enquiry.area.working_time.add_days(timezone.now(), 1)
        refused(actions.countersign, signature, by=world.ruth, did="agrees", because="I did it myself.")
        assert "Say why" in refused(actions.countersign, signature, by=world.gwen, did="agrees", because=" ")
        actions.countersign(signature, by=world.gwen, did="disagrees", because="It could have waited an hour.")
        assert "already" in refused(actions.countersign, signature, by=world.gwen, did="agrees", because="Or not.")
        assert not [need for need in needs_of(world.gwen, now=NOW) if need.path == needed.path]
        assert [need for need in needs_of(world.ruth, now=NOW) if "consider a recall" in need.says]

    def test_the_governance_lead_is_shown_the_override_and_nothing_that_was_said(self, world, client):
        release = world.proposed("police_s")
        actions.override(release, by=world.ruth, item=world.row(release, "police_s").pk, because="Hurt tonight.")
        path = f"/countersign/{Countersignature.objects.get().pk}/"
        client.force_login(world.gwen)
        page = client.get(path).text
        assert "Hurt tonight." in page and "canary" not in page
        assert "Enter why" in client.post(path, {"did": "agrees"}).text
        assert client.post(path, {"did": "agrees", "because": "Right."}).status_code == 302
        client.force_login(world.ruth)
        assert client.get(path).status_code == 404

    def test_a_sealed_item_is_never_overridden(self, world):
        release = world.proposed(world.words("police_x"), by=world.ruth)
        row = world.row(release, "police_x")
        assert "owner's words" in refused(actions.override, release, by=world.martin, item=row.pk, because="Harm.")

    def test_an_answer_after_an_override_is_heard(self, world):
        release = world.proposed("police_s")
        row = world.row(release, "police_s")
        release = actions.override(release, by=world.ruth, item=row.pk, because="Harm would follow.")
        release = actions.owner_answers(
            release, by=world.karen, item=row.pk, says="refused", because="A life is at risk."
        )
        assert "refused" in refused(approve, release, world.ruth)


CHANGES = {
    "items": lambda w: w.plan("police_s"),
    "text": lambda w: w.plan("police_s", "health_s", summary="The hub adds this."),
    "redaction": lambda w: w.plan(Chosen(w.items["police_s"], "full", ("at night",), "not_needed"), "health_s"),
    "recipient": lambda w: w.plan("police_s", "health_s", recipient=w.kate.pk, team=w.hub.teams["health-visiting"].pk),
    "condition": lambda w: w.plan("police_s", "health_s", conditions="Read it in the office only."),
    "expiry": lambda w: w.plan("police_s", "health_s", expires_at=NOW + timedelta(days=90)),
}


class TestI3:
    @pytest.fixture
    def granted(self, world) -> Release:
        release = world.proposed("police_s", "health_s")
        for name, lead in (("police_s", world.karen), ("health_s", world.anjali)):
            release = actions.owner_answers(release, by=lead, item=world.row(release, name).pk, says="granted")
        return release

    @pytest.mark.parametrize("what", CHANGES)
    def test_any_change_returns_it_to_a_draft(self, world, granted, what):
        release = actions.change(granted, by=world.tomasz, plan=CHANGES[what](world))
        assert (release.status, release.body, release.body_hash, release.approved_by) == ("draft", "", "", None)
        refused(approve, release, world.ruth)

    @pytest.mark.parametrize(
        ("what", "police", "health"),
        [
            ("items", "granted", None),
            ("text", "granted", "granted"),  # owners are not shown the hub's own words
            ("redaction", "", "granted"),
            ("recipient", "", ""),
            ("condition", "", ""),
            ("expiry", "", ""),
        ],
    )
    def test_an_owners_answer_stands_only_where_nothing_it_was_given_on_changed(
        self, world, granted, what, police, health
    ):
        release = actions.change(granted, by=world.tomasz, plan=CHANGES[what](world))
        rows = {row.item_id: row.owner_says for row in release.items.all()}
        assert rows[world.items["police_s"]] == police
        assert rows.get(world.items["health_s"]) == health

    def test_an_override_falls_with_the_change_too(self, world):
        release = world.proposed("police_s")
        row = world.row(release, "police_s")
        release = actions.override(release, by=world.ruth, item=row.pk, because="Harm.")
        release = actions.change(release, by=world.hannah, plan=CHANGES["condition"](world))
        release = actions.propose(release, by=world.hannah)
        assert "has not answered" in refused(approve, release, world.ruth)

    def test_the_owners_own_words_are_a_change(self, world, granted):
        row = world.row(granted, "police_s")
        release = actions.owner_answers(
            granted, by=world.karen, item=row.pk, says="granted", words="Shouting was reported."
        )
        assert release.status == "draft"
        release = actions.propose(release, by=world.hannah)
        assert "Shouting was reported." in release.body
        assert "canary-police-s" not in release.body
        assert approve(release, world.ruth).status == "disclosed"  # nobody is asked a second time about the same words

    def test_nothing_changes_after_it_is_out(self, world):
        release = world.released("police")
        assert "must be" in refused(actions.change, release, by=world.hannah, plan=world.plan("health"))

    @pytest.mark.parametrize("field", ["body", "body_hash", "conditions", "summary", "purpose_words"])
    def test_postgresql_keeps_what_was_proposed(self, world, field):
        release = world.proposed("police")
        with pytest.raises(DatabaseError, match="what_was_proposed_stays"):
            raw(release, **{field: "Something else."})
        with pytest.raises(DatabaseError, match="what_was_proposed_stays"):
            raw(release, recipient=world.lucy)

    def test_postgresql_keeps_the_items_of_what_was_proposed(self, world):
        release = world.proposed("police")
        row = release.items.get()
        for change in (
            lambda: ReleaseItem.objects.filter(pk=row.pk).update(words="Other words", form="words"),
            row.delete,
            lambda: ReleaseItem.objects.filter(pk=row.pk).update(redactions="twice", redacted_because="source"),
        ):
            with pytest.raises(DatabaseError, match="only a draft is changed"), transaction.atomic():
                change()


class TestI4:
    def test_what_was_approved_is_what_is_read(self, world):
        release = world.released("police", "health")
        approved = LedgerEvent.objects.get(event="release.approved", outcome="allowed")
        disclosed = LedgerEvent.objects.get(event="release.disclosed")
        release = actions.open_released(release, by=world.amit)
        text = readings.read_released(release, by=world.amit)
        assert hash_of(text) == approved.kept["shown"] == disclosed.kept["body_hash"] == release.body_hash

    def test_approving_another_text_than_the_one_shown_is_refused(self, world):
        release = world.proposed("police")
        assert "changed since it was shown" in refused(actions.approve, release, by=world.ruth, shown=hash_of("Other"))
        assert "changed since it was shown" in refused(actions.approve, release, by=world.ruth, shown="")

    def test_a_text_that_was_tampered_with_is_neither_approved_nor_read(self, world):
        release = world.proposed("police")
        stored = release.body_hash
        raw(release, status="draft")  # the only way past the wall: back to a draft, and straight on
        raw(release, body="Another text.")
        raw(release, status="proposed")
        assert "changed since it was shown" in refused(actions.approve, release, by=world.ruth, shown=stored)

    def test_a_text_whose_bytes_no_longer_fit_its_hash_is_not_read(self, world):
        release = actions.open_released(world.released("police"), by=world.amit)
        assert is_the_same(release, release.body_hash)
        release.body += "One more line."
        assert not is_the_same(release, release.body_hash)


class TestI5:
    def test_nothing_that_tells_where_a_protected_person_is_leaves(self, world):
        mother = Person.objects.get(pk=world.people["mother"]).lead
        fact = Fact("address", ("3 Otter Row", "WX2 5PD"), "Told")
        adopt(mother, by=world.joanna, facts=(fact,))
        plain = world.draft("police", summary="She moved to 3, Otter Row (wx2 5pd).")
        actions.propose(plain, by=world.hannah)
        protect(mother, by=world.joanna, because="From her husband.")
        release = world.draft("police", summary="She moved to 3, Otter Row (wx2 5pd).")
        why = refused(actions.propose, release, by=world.hannah)
        assert "a postcode that tells where" in why and "an address that tells where" in why

    def test_what_became_protected_after_it_was_proposed_is_not_approved(self, world):
        mother = Person.objects.get(pk=world.people["mother"]).lead
        adopt(mother, by=world.joanna, facts=(Fact("address", ("3 Otter Row", "WX2 5PD"), "Told"),))
        release = world.proposed("police", summary="She moved to WX2 5PD.")
        protect(mother, by=world.joanna, because="From her husband.")
        assert "tells where" in refused(approve, release, world.ruth)


class TestI6:
    def test_it_goes_to_nobody_with_a_name_or_an_address_of_the_family(self, world):
        mother = Person.objects.get(pk=world.people["mother"]).lead
        adopt(mother, by=world.joanna, facts=(Fact("email", world.amit.email.upper(), "Told"),))
        release = world.draft("police")
        assert "has the e-mail address of somebody" in refused(actions.propose, release, by=world.hannah)
        first, last = world.amit.name.split()[0], world.amit.name.split()[-1]
        adopt(mother, by=world.joanna, facts=(Fact("name", (first, last), "Told"),))
        assert "has the name of somebody" in refused(actions.propose, release, by=world.hannah)

    def test_nor_with_a_telephone_number_of_the_family(self, world):
        User.objects.filter(pk=world.amit.pk).update(telephone="01632 960444")
        mother = Person.objects.get(pk=world.people["mother"]).lead
        adopt(mother, by=world.joanna, facts=(Fact("telephone", "+44 1632 960444", "Told"),))
        says = refused(actions.propose, world.draft("police"), by=world.hannah)
        assert "has the telephone number of somebody here. Choose another recipient" in says

    @pytest.mark.parametrize("how", ["lives there", "may pose a risk", "is a danger", "lives with a danger", "neither"])
    def test_nor_to_whoever_lives_with_them_or_may_pose_a_risk_to_one_of_them(self, world, how):
        mother, dale = (Person.objects.get(pk=world.people[one]) for one in ("mother", "dale"))
        adopt(dale, by=world.joanna, facts=(Fact("email", world.amit.email, "Told"),))
        relate(dale, by=world.joanna, other=mother, kind="ex_partner", source="Told")
        release = world.draft("police")
        if how == "neither":
            assert actions.propose(release, by=world.hannah)
            return
        if how == "lives there":
            for person in (mother.lead, Person.objects.get(pk=dale.pk)):
                adopt(person, by=world.joanna, facts=(Fact("address", ("9 Rope Walk", "WX3 7QD"), "Told"),))
        elif "danger" in how:
            whom = dale
            if how == "lives with a danger":
                whom = record(dale.area, by=world.joanna, given=GivenPerson("Rex", "Thorne", source="Told"))
                for person in (whom, Person.objects.get(pk=dale.pk)):
                    adopt(person, by=world.joanna, facts=(Fact("address", ("2 Weir Lane", "WX3 1AA"), "Told"),))
            say_risk(mother.lead, by=world.joanna, whom=whom, because="He hit her.", source="Told")
        else:
            mark(dale, by=world.joanna, kind="risk_adult", agency=world.hub.agencies["police"])
        says = refused(actions.propose, release, by=world.hannah)
        assert "with somebody near this family. Choose another recipient" in says and "Dale" not in says


class TestI11:
    def test_who_told_is_said_only_for_a_reason(self, world):
        Referrer.objects.filter(enquiry=world.enquiry).update(name="Ida Pennycook", telephone="01632 960888")
        for words in ("Ida Pennycook rang.", "Mrs Pennycook rang.", "Ring 01632 960888."):
            release = world.draft("police", summary=words)
            assert "who brought the enquiry" in refused(actions.propose, release, by=world.hannah)
        why = "The team has to agree with her who visits first."
        assert world.proposed("police", summary="Ida Pennycook rang.", referrer_because=why).body


class TestI7:
    def test_an_item_about_somebody_else_does_not_leave(self, world):
        release = world.draft("others")
        assert "Dale Thorne" in refused(actions.propose, release, by=world.hannah)

    def test_nor_does_a_name_in_the_hubs_own_words(self, world):
        for words in ("He lives with Dale now.", "Mr THORNE was there.", "seen with dale thorne at night"):
            release = world.draft("police", summary=words)
            assert "Dale Thorne" in refused(actions.propose, release, by=world.hannah)

    def test_leaving_the_name_out_is_enough(self, world):
        chosen = Chosen(world.items["others"], "full", ("Dale Thorne",), "third_party")
        release = world.proposed(chosen)
        assert "[left out] was seen at the clinic" in release.body
        assert "Dale" not in release.body
        assert "Thorne" not in release.body

    def test_leaving_out_something_else_is_not(self, world):
        release = world.draft(Chosen(world.items["others"], "full", ("with a cut hand",), "not_needed"))
        assert "Dale Thorne" in refused(actions.propose, release, by=world.hannah)

    def test_a_person_may_be_individually_justified(self, world):
        release = world.proposed("others", named=((world.people["dale"], "He is the danger."),))
        assert "Dale Thorne" in release.body
        assert "About: Dale Thorne" in release.body

    def test_nobody_is_justified_who_is_not_near_the_family(self, world):
        plan = world.plan("police", named=((world.people["child"], "Why not"),))
        assert "each person" in refused(actions.draft, world.enquiry, by=world.hannah, plan=plan)

    def test_what_is_left_out_of_one_statement_stands_in_no_other(self, world):
        chosen = Chosen(world.items["police"], "full", ("twice in March",), "not_needed")
        release = world.draft(chosen, summary="They came twice in March.")
        assert "still stands elsewhere" in refused(actions.propose, release, by=world.hannah)

    def test_the_hubs_own_words_quote_no_item_that_stays(self, world):
        release = world.draft("police", summary="Note: the mother takes tablets for her mood every day now.")
        assert "quote an item" in refused(actions.propose, release, by=world.hannah)

    def test_the_approvers_eyes_find_what_the_proposers_cannot_see(self, world):
        release = world.proposed("police", summary="An informant says that he keeps a knife; canary.")
        assert "quote an item" in refused(approve, release, world.ruth)


class TestI8:
    def test_a_locked_item_never_leaves(self, world):
        plan = world.plan("police_l")
        assert "no such item" in refused(actions.draft, world.enquiry, by=world.ruth, plan=plan)

    def test_not_even_by_one_who_is_named_on_it(self, world):
        given = GivenItem("Locked for Ruth.", "fact", "1", "A", sensitivity="L", named=(world.ruth.pk,))
        world.items["named"] = intelligence.deposit(world.enquiry, by=world.lewis, answer=None, items=[given])[0]
        for chosen in ("named", world.words("named")):
            why = refused(actions.draft, world.enquiry, by=world.ruth, plan=world.plan(chosen))
            assert "locked item is never released" in why

    def test_a_sealed_item_never_leaves_in_full(self, world):
        why = refused(actions.draft, world.enquiry, by=world.ruth, plan=world.plan("police_x"))
        assert "only in its owner's words" in why

    def test_a_sealed_item_leaves_as_a_gist_of_its_owners(self, world):
        release = world.proposed(world.words("police_x"), by=world.ruth)
        row = world.row(release, "police_x")
        why = refused(actions.owner_answers, release, by=world.karen, item=row.pk, says="granted")
        assert "Write the words" in why
        release = actions.owner_answers(
            release, by=world.karen, item=row.pk, says="granted", words="Do not visit alone."
        )
        release = approve(actions.propose(release, by=world.ruth), world.martin)
        assert "Do not visit alone." in release.body
        assert "canary-police-x" not in release.body

    def test_a_social_worker_neither_proposes_nor_sees_one(self, world):
        refused(actions.draft, world.enquiry, by=world.hannah, plan=world.plan(world.words("police_x")))
        release = world.proposed(world.words("police_x"), by=world.ruth)
        refused(readings.look, release, by=world.hannah)
        refused(actions.change, release, by=world.hannah, plan=world.plan("police"))

    @pytest.mark.parametrize(("sensitivity", "form"), [("L", "full"), ("L", "words"), ("X", "full")])
    def test_postgresql_refuses_it_too(self, world, sensitivity, form):
        row = world.draft("police").items.get()
        with pytest.raises(DatabaseError, match="locked_stays"), transaction.atomic():
            ReleaseItem.objects.filter(pk=row.pk).update(sensitivity=sensitivity, form=form, owner_says="", words="x")


class TestI9:
    def test_what_is_suspected_false_never_leaves(self, world):
        for chosen in ("police_e", world.words("police_e")):
            why = refused(actions.draft, world.enquiry, by=world.hannah, plan=world.plan(chosen))
            assert "suspected to be false" in why

    def test_postgresql_refuses_it_too(self, world):
        row = world.draft("police").items.get()
        with pytest.raises(DatabaseError, match="suspected_false"), transaction.atomic():
            ReleaseItem.objects.filter(pk=row.pk).update(known_how="E")

    def test_grades_and_caveats_stand_beside_each_statement(self, world):
        body = world.proposed("police_c", "health").body
        first, second = body.split("STATEMENT 2 OF 2")
        assert "Handling: May be shared with conditions. Not for a court bundle" in first
        assert "What it is: A professional opinion" in second
        for part in (first, second):
            assert "The source is: Reliable" in part
            assert "How it is known: Known directly" in part


class TestI12:
    def test_grade_handling_and_source_survive_into_the_owners_words(self, world):
        release = world.proposed(world.words("police_s"))
        row = world.row(release, "police_s")
        release = actions.owner_answers(
            release, by=world.karen, item=row.pk, says="granted", words="There was shouting."
        )
        body = actions.propose(release, by=world.hannah).body
        for line in (
            "Source: Wendmark Constabulary",
            "What it is: An allegation",
            "Sensitivity: Sensitive",
            "Handling: May be shared",
            "Given: In its owner's words",
        ):
            assert line in body


class TestI13:
    def test_a_recalled_release_is_read_by_nobody(self, world):
        release = world.released("police")
        release = actions.open_released(release, by=world.amit)
        opened = Release.objects.get()
        actions.recall(release, by=world.hannah, because="It named the wrong child.")
        assert "no longer available" in refused(
            readings.read_released, opened, by=world.amit
        )  # loaded before the recall
        assert "no longer available" in refused(readings.read_released, Release.objects.get(), by=world.amit)

    def test_an_expired_release_is_refused_before_its_status_has_caught_up(self, world):
        release = actions.open_released(world.released("police"), by=world.amit)
        late = release.expires_at
        assert "no longer available" in refused(readings.read_released, release, by=world.amit, now=late)
        assert "no longer available" in refused(actions.acknowledge, release, by=world.amit, now=late)
        assert readings.read_released(release, by=world.amit, now=late - timedelta(seconds=1))


class TestI14:
    def test_a_decided_enquiry_needs_a_release_or_a_reason(self, world):
        assert "decision not to share" in is_accounted_for(world.enquiry).why
        actions.not_share(world.enquiry, by=world.hannah, to_whom="The team", because="They know all of it.")
        assert is_accounted_for(world.enquiry)

    def test_only_what_has_left_counts_and_nothing_is_left_hanging(self, world):
        release = world.draft("police")
        assert "not finished" in is_accounted_for(world.enquiry).why
        release = actions.propose(release, by=world.hannah)
        assert "not finished" in is_accounted_for(world.enquiry).why
        approve(release, world.ruth)
        assert is_accounted_for(world.enquiry)
        world.draft("health")
        assert not is_accounted_for(world.enquiry)

    def test_a_refused_release_accounts_for_nothing(self, world):
        actions.refuse(world.proposed("police"), by=world.ruth, because="Not needed for this.")
        assert not is_accounted_for(world.enquiry)


class TestI15:
    def test_nothing_of_an_item_leaves_but_what_is_listed(self, world):
        given = GivenItem(
            "The words.", "fact", "1", "A", own_reference="canary-reference", rating="red", kind="canary-kind",
            happened_on=date(2026, 3, 1), people=(world.people["child"],),
        )  # fmt: skip
        world.items["full"] = intelligence.deposit(world.enquiry, by=world.lewis, answer=None, items=[given])[0]
        body = world.proposed("full").body
        assert "canary" not in body
        assert "red" not in body.split("STATEMENT")[1].lower().split("shared")[0]
        assert "Date: 1 March 2026" in body
        assert world.lewis.name not in body

    def test_what_the_referrer_said_is_no_part_of_it(self, world):
        body = world.proposed("police").body
        assert "A Visitor" not in body
        assert "Somebody is worried" not in body


def test_canaries_of_what_was_not_chosen_never_reach_the_recipient(world):
    chosen = ("police", "police_s", "health")
    release = actions.open_released(world.released(*chosen), by=world.amit)
    text = readings.read_released(release, by=world.amit)
    found = {word.strip(".") for word in text.split() if word.startswith("canary-")}
    assert found == {f"canary-{name.replace('_', '-')}" for name in chosen}
