"""The doors: what each person is shown, refused, or told does not exist. Every page once through, by HTTP."""

import html
import re
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from openmash.audit.models import LedgerEvent
from openmash.disclosure import actions
from openmash.disclosure.models import Release
from openmash.disclosure.product import hash_of
from openmash.people.facts import Fact
from openmash.people.models import Person

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path_of(world, release: Release, more: str = "") -> str:
    return f"/enquiry/{world.enquiry.reference}/release/{release.token}/{more}"


def text_shown(response) -> str:
    """The characters that a page shows as the product's text, without its markup."""
    inside = re.search(r'id="product">(.*?)</div>', response.content.decode(), re.DOTALL)[1]
    return html.unescape(re.sub(r"</?h\d[^>]*>", "", inside))


def form_data(world, **more) -> dict[str, str]:
    return {
        "recipient": f"{world.amit.pk}-{world.hub.teams['north-wend-assessment'].pk}",
        "why_them": "The family lives there.",
        "purpose": "assessment",
        "purpose_words": "To begin the assessment.",
        "necessity": "The first visit would be blind.",
        "lawful_basis": "public_task",
        "gateway": "ca1989_s17",
        "told_family": "no",
        "told_family_words": "It would raise the risk.",
        "conditions": "Keep it on the case file only.",
        "expires_on-day": "1",
        "expires_on-month": "3",
        "expires_on-year": "2031",
    } | more


def test_each_recipient_is_offered_with_their_team(world):
    """Several manage an assessment team: what is released must not go to the wrong one."""
    shown = signed_in(world.hannah).get(f"/enquiry/{world.enquiry.reference}/release/new/").content.decode()
    assert "Amit Desai, Assessment team manager, North Wend assessment team<" in shown


def test_a_release_goes_by_hand_from_the_form_to_the_acknowledgement(world):
    path = f"/enquiry/{world.enquiry.reference}/release/"
    drafter, owner, manager, reader = (signed_in(u) for u in (world.hannah, world.karen, world.ruth, world.amit))
    shown = drafter.get(f"{path}new/").content.decode()
    assert "canary-police-s" in shown
    assert "canary-police-x" not in shown  # a social worker opens no sealed item
    assert "checked" not in re.sub(r"[^<]*told[^>]*>", "", shown)  # nothing is preselected
    number = world.items["police_s"]
    drafter.post(f"{path}new/", form_data(world, **{f"item_{number}": "full"}))
    release = Release.objects.get()
    preview = drafter.get(path_of(world, release))
    drafter.post(path_of(world, release, "propose/"), {"version": release.version})
    release.refresh_from_db()
    assert release.status == "proposed"
    assert text_shown(preview) == release.body  # the preview was what its recipient will read
    assert "canary-police-s" in owner.get(f"/consents/{release.token}/").content.decode()
    row = release.items.get()
    owner.post(
        f"/consents/{release.token}/{row.pk}/",
        {f"item-{row.pk}-says": "granted", f"item-{row.pk}-version": release.version},
    )
    release.refresh_from_db()
    approval = manager.get(path_of(world, release)).content.decode()
    assert "Approve and release" in approval
    manager.post(path_of(world, release, "approve/"), {"version": release.version, "shown": release.body_hash})
    release.refresh_from_db()
    assert release.status == "disclosed"
    assert world.enquiry.reference in reader.get("/released/").content.decode()
    envelope = reader.get(f"/released/{release.token}/").content.decode()
    assert "canary" not in envelope
    reader.post(f"/released/{release.token}/open/")
    assert hash_of(text_shown(reader.get(f"/released/{release.token}/"))) == release.body_hash
    reader.post(f"/released/{release.token}/acknowledge/")
    release.refresh_from_db()
    assert release.status == "acknowledged"


def test_what_was_taken_back_is_gone_for_its_reader_and_for_nobody_else_there(world):
    release, reader = world.released("police"), signed_in(world.amit)
    path = f"/released/{release.token}/"
    reader.post(f"{path}open/")
    assert b"canary-police" in reader.get(path).content
    release.refresh_from_db()
    signed_in(world.ruth).post(
        path_of(world, release, "recall/"), {"because": "It names the wrong man.", "version": release.version}
    )
    release.refresh_from_db()
    assert release.status == "recalled"
    gone = reader.get(path)
    assert gone.status_code == 410
    assert b"canary" not in gone.content and b"wrong man" not in gone.content
    assert reader.post(f"{path}acknowledge/").status_code == 410
    assert signed_in(world.hub.staff["lucy"]).get(path).status_code == 404
    reader.post(f"{path}stopped/")
    release.refresh_from_db()
    assert release.recall_heeded_at


def test_an_owner_who_writes_their_own_words_comes_back_to_a_page_that_is_there(world):
    path = f"/enquiry/{world.enquiry.reference}/release/"
    drafter, owner = signed_in(world.hannah), signed_in(world.karen)
    drafter.post(f"{path}new/", form_data(world, **{f"item_{world.items['police_s']}": "words"}))
    release = Release.objects.get()
    drafter.post(path_of(world, release, "propose/"), {"version": release.version})
    release.refresh_from_db()
    row = release.items.get()
    says = {"says": "words", "words": "Officers came twice.", "version": release.version}
    sent = {f"item-{row.pk}-{name}": value for name, value in says.items()}
    answered = owner.post(f"/consents/{release.token}/{row.pk}/", sent, follow=True)
    release.refresh_from_db()
    assert release.status == "draft"
    assert answered.status_code == 200
    assert "answer is recorded" in answered.content.decode()


def test_what_tells_where_a_protected_person_is_stands_beside_its_field_before_it_is_kept(world):
    from openmash.people.actions import adopt
    from openmash.people.protecting import protect

    mother = Person.objects.get(pk=world.people["mother"]).lead
    adopt(mother, by=world.joanna, facts=(Fact("address", ("3 Otter Row", "WX2 5PD"), "Told"),))
    protect(mother, by=world.joanna, because="From her husband.")
    path, drafter = f"/enquiry/{world.enquiry.reference}/release/new/", signed_in(world.hannah)
    data = form_data(world, **{f"item_{world.items['police']}": "full"})
    shown = drafter.post(path, data | {"summary": "She moved to wx2 5pd.", "conditions": "Ring her at WX2 5PD."})
    text = html.unescape(shown.content.decode())
    says = f"There is a postcode in this. Nobody may be told where {mother.names.get(is_usual=True)} lives."
    assert text.count(f'<span class="govuk-visually-hidden">Error:</span> {says}') == 2
    assert "She moved to wx2 5pd." in text, "what was typed stays"
    assert not Release.objects.exists()
    line = LedgerEvent.objects.get(event="whereabouts.kept-in")
    assert (line.outcome, line.actor, line.reasons) == (LedgerEvent.REFUSED, world.hannah.pk, says)
    drafter.post(path, data | {"summary": "She moved."})
    assert Release.objects.count() == 1


def test_on_paper_every_page_says_whose_it_is_and_which_text_was_approved(world):
    release, reader = world.released("police", summary="\n".join(["She came hungry."] * 90)), signed_in(world.amit)
    path = f"/released/{release.token}/"
    assert reader.get(f"{path}released.pdf").status_code == 302, "not before it was opened"
    reader.post(f"{path}open/")
    mark = f"alone. {world.enquiry.reference}, check {release.body_hash[:12]}</p>"
    assert mark in reader.get(path).content.decode(), "at the foot of each page that the browser prints"
    response = reader.get(f"{path}released.pdf")
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "no-store")
    assert world.amit.name not in response["Content-Disposition"]
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(response.content)).pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        for mark in (f"For {world.amit.name}, ", f"{world.enquiry.reference}, check {release.body_hash[:12]}",
                     f"Page {number} of {len(pages)}"):  # fmt: skip
            assert mark in text, (number, mark)
    every = re.sub(r"\W|For .*? alone|Page \d+ of \d+", "", " ".join(pages))
    assert "canarypolice" in every and every.count("Shecamehungry") == 90
    assert LedgerEvent.objects.filter(event="release.printed", thing_number=release.pk).count() == 1
    assert signed_in(world.hannah).get(f"{path}released.pdf").status_code == 404
    release.refresh_from_db()
    actions.recall(release, by=world.ruth, because="It names the wrong man.")
    gone = reader.get(f"{path}released.pdf")
    assert gone.status_code == 410 and release.body_hash[:12] not in gone.content.decode()
