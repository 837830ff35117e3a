"""The doors of the post: what waits, the half-filled form, other ways in, and the governance lead's list."""

import re
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from openmash.agencies.models import Address, Domain
from openmash.audit.binding import bound_to
from openmash.enquiries.models import Conflict
from openmash.gathering.models import Answer, Request
from openmash.post.codes import ASIDE, TAKEN, WAITING
from openmash.post.models import Enclosure, Original, Reply
from openmash.post.tests.conftest import HOUSING
from openmash.post.tests.letters import answer_of, reply_to
from openmash.post.writing import sent_about

pytestmark = pytest.mark.django_db
WORDS = "The door was kicked in on Friday"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def joanna(hub, client):
    client.force_login(hub.staff["joanna"])
    return client


@pytest.fixture
def waiting(request_out, comes) -> Reply:
    """A whole answer, with a question above it."""
    return comes(reply_to(request_out, f"Can you ring me?\n\n{answer_of(request_out, words=WORDS)}"))


def form_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form on the page."""
    from html.parser import HTMLParser

    fields: dict[str, list[str]] = {}

    class Form(HTMLParser):
        area = ""

        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            name = given.get("name", "")
            if tag == "input" and name and given.get("type") in ("radio", "checkbox") and "checked" in given:
                fields.setdefault(name, []).append(given["value"])
            elif tag == "input" and name and given.get("type", "text") in ("text", "hidden"):
                fields.setdefault(name, []).append(given.get("value", ""))
            elif tag == "select":
                self.select = name
            elif tag == "option" and "selected" in given:
                fields.setdefault(self.select, []).append(given["value"])
            elif tag == "textarea":
                self.area = name
                fields[name] = [""]

        def handle_data(self, data):
            if self.area:
                fields[self.area][-1] += data

        def handle_endtag(self, tag):
            if tag == "textarea":  # a line break right after the tag is not part of what is in it
                fields[self.area][-1] = fields[self.area][-1].removeprefix("\n")
                self.area = ""

    Form().feed(page)
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def test_a_reply_that_says_more_is_completed_beside_its_original(hub, joanna, waiting, request_out):
    assert "It says more than the answer." in text(joanna.get("/post/"))
    assert f"/post/{waiting.token}/" in text(joanna.get("/exceptions/"))
    page = text(joanna.get(f"/post/{waiting.token}/"))
    assert "Can you ring me?" in page
    filled = form_of(page)
    assert filled["items-0-words"] == [WORDS]
    assert filled["rating"] == ["amber"]
    answer = joanna.post(f"/post/{waiting.token}/", filled | {"send": "answer"})
    assert answer.url == "/post/"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.by) == (TAKEN, hub.staff["joanna"])
    assert waiting.answer.agency == hub.agencies[HOUSING]
    assert joanna.get(f"/post/{waiting.token}/").status_code == 404, "a courier does not read what is dealt with"


def test_a_mistake_in_the_form_keeps_what_was_typed(joanna, waiting):
    filled = form_of(text(joanna.get(f"/post/{waiting.token}/"))) | {"rating": [], "items-0-words": ["Kept words"]}
    page = text(joanna.post(f"/post/{waiting.token}/", filled | {"send": "answer"}))
    assert "Select how urgent what you know makes it" in page and "Kept words" in page
    waiting.refresh_from_db()
    assert waiting.state == WAITING


def test_nothing_known_is_one_press(joanna, waiting):
    joanna.post(f"/post/{waiting.token}/", {"send": "nothing"})
    assert Answer.objects.get().is_nothing_known


def test_another_areas_reply_is_not_there(hub, client, waiting):
    client.force_login(hub.staff["ellen"])
    assert client.get(f"/post/{waiting.token}/").status_code == 404
    assert str(waiting.token) not in text(client.get("/post/"))


def test_it_is_put_aside_with_a_reason(joanna, waiting):
    assert "Enter why it is put aside" in text(joanna.post(f"/post/{waiting.token}/aside/", {"because": ""}))
    joanna.post(f"/post/{waiting.token}/aside/", {"because": "Sent to us by mistake"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.because) == (ASIDE, "Sent to us by mistake")


def test_a_reply_that_names_no_request_is_given_to_one(joanna, request_out, comes):
    reply = comes(b"From: safeguarding@nwha.example\r\nSubject: the family\r\n\r\nThey left the flat in May.")
    page = text(joanna.get(f"/post/{reply.token}/"))
    assert "Which request does it answer?" in page and request_out.enquiry.reference in page
    joanna.post(f"/post/{reply.token}/request/", {"request": str(request_out.token)})
    assert form_of(text(joanna.get(f"/post/{reply.token}/")))["items-0-words"] == ["They left the flat in May."]


def test_a_reply_is_pasted(joanna, request_out):
    path = f"/enquiry/{request_out.enquiry.reference}/request/{request_out.token}/paste/"
    assert joanna.get(path).status_code == 200
    answer = joanna.post(path, {"text": answer_of(request_out, words=WORDS)})
    filled = form_of(text(joanna.get(answer.url)))
    assert filled["items-0-words"] == [WORDS]
    joanna.post(answer.url, filled | {"send": "answer"})
    assert Reply.objects.get().state == TAKEN


def test_an_answer_is_taken_by_telephone(hub, joanna, request_out):
    path = f"/enquiry/{request_out.enquiry.reference}/request/{request_out.token}/by-telephone/"
    assert "to read out" in text(joanna.get(path))
    assert "Enter who told you" in text(joanna.post(path, {"send": "nothing", "who": ""}))
    joanna.post(path, {"send": "nothing", "who": "Wanda Prior, tenancy officer"})
    reply = Reply.objects.get()
    assert (reply.way, reply.state, reply.because) == ("telephone", TAKEN, "Told by Wanda Prior, tenancy officer")
    request_out.refresh_from_db()
    assert request_out.answered_at
    assert "The agency has answered" not in text(joanna.get(f"/enquiry/{request_out.enquiry.reference}/requests/"))


def test_an_agency_with_accounts_is_not_answered_for(hub, joanna, asked):
    police = asked("police")[0]
    path = f"/enquiry/{police.enquiry.reference}/request/{police.token}/by-telephone/"
    page = text(joanna.get(path))
    assert "answers on a page of its own" in page and "Take the answer</button>" not in page


def test_an_email_is_brought_in_as_a_file(joanna, request_out):
    raw = reply_to(request_out, answer_of(request_out, words=WORDS))
    answer = joanna.post("/post/bring-in/", _file(joanna, raw, "reply.eml"))
    reply = Reply.objects.get()
    assert answer.url == f"/post/{reply.token}/"
    assert (reply.way, reply.state, reply.problems) == ("file", WAITING, ["by_hand"])
    assert "ends in .eml" in text(joanna.post("/post/bring-in/", _file(joanna, b"MZ", "reply.exe")))


def _file(client, raw, name):
    area = form_of(text(client.get("/post/bring-in/")))["area"][0]
    return {"area": area, "file": SimpleUploadedFile(name, raw)}


def test_an_attachment_that_was_not_scanned_is_nobodys(joanna, request_out, comes):
    raw = reply_to(request_out, answer_of(request_out), files=[("letter.pdf", b"%PDF-1.7")])
    reply = comes(raw)
    enclosure = Enclosure.objects.get()
    page = text(joanna.get(f"/post/{reply.token}/"))
    assert "letter.pdf" in page and "Held back" in page
    assert joanna.get(f"/post/attachment/{enclosure.pk}/").status_code == 404
    Enclosure.objects.update(held_because="")
    answer = joanna.get(f"/post/attachment/{enclosure.pk}/")
    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment;") and answer["X-Content-Type-Options"] == "nosniff"


NAMES = (
    "../../etc/passwd.pdf",
    "letter\r\nX-Made-Up: 1.pdf",
    "\u202efdp.exe.pdf",
    'a";filename="b.exe.pdf',
    "ä" * 90 + ".pdf",
)


@pytest.mark.parametrize("name", NAMES, ids=["path", "line break", "right to left", "quotes", "long"])
def test_the_server_names_the_file_whatever_it_was_called(joanna, request_out, comes, name):
    raw = reply_to(request_out, answer_of(request_out), files=[("a-plain-name.pdf", b"%PDF-1.7")])
    told = b"filename*=utf-8''" + quote(name, safe="").encode()
    reply = comes(re.sub(rb'filename="?a-plain-name.pdf"?', told, raw))
    Enclosure.objects.update(held_because="")
    number = Enclosure.objects.get().pk
    answer = joanna.get(f"/post/attachment/{number}/")
    assert answer["Content-Disposition"] == f'attachment; filename="attachment-{number}.pdf"'
    assert answer["Content-Type"] == "application/octet-stream" and "X-Made-Up" not in answer
    assert joanna.get(f"/post/{reply.token}/").status_code == 200


@pytest.mark.parametrize("dest", ["document", "image", "iframe", "script", "empty"])
def test_an_attachment_is_saved_and_never_shown_whatever_asks_for_it(joanna, request_out, comes, dest):
    comes(reply_to(request_out, answer_of(request_out), files=[("letter.pdf", b"%PDF-1.7")]))
    Enclosure.objects.update(held_because="")
    path = f"/post/attachment/{Enclosure.objects.get().pk}/"
    for site in ("same-origin", "same-site", "none"):
        mode = "navigate" if dest in ("document", "iframe") else "no-cors"
        asks = {"HTTP_SEC_FETCH_SITE": site, "HTTP_SEC_FETCH_MODE": mode, "HTTP_SEC_FETCH_DEST": dest}
        answer = joanna.get(path, **asks)
        assert answer["Content-Disposition"].startswith("attachment;") and answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


class TestAddresses:
    @pytest.fixture
    def gwen(self, hub, client):
        client.force_login(hub.staff["gwen"])
        return client

    def test_the_governance_lead_keeps_the_list(self, hub, gwen, joanna):
        joanna.logout()
        gwen.force_login(hub.staff["gwen"])
        assert "nwha.example" in text(gwen.get("/addresses/"))
        area = hub.areas["wend-valley"].pk
        said = {"area": area, "name": "@Moor-GP.nhs.example", "because": "Accredited"}
        gwen.post("/addresses/allow/", said)
        assert Domain.objects.get(name="moor-gp.nhs.example").allowed_by == hub.staff["gwen"]
        assert "allowed in this area already" in text(gwen.post("/addresses/allow/", said))
        assert "Enter a domain, like nhs.net" in text(gwen.post("/addresses/allow/", said | {"name": "a b"}))

    def test_requests_go_only_to_a_domain_that_is_allowed(self, hub, gwen):
        agency = hub.agencies[HOUSING].pk
        said = {"agency": agency, "email": "lead@elsewhere.example", "is_written_to": "on"}
        assert "Allow the domain elsewhere.example first" in text(gwen.post("/addresses/keep/", said))
        gwen.post("/addresses/keep/", said | {"email": "lead@nwha.example"})
        assert Address.objects.get(is_written_to=True).email == "lead@nwha.example"

    def test_what_is_withdrawn_stands_in_the_way_of_asking(self, hub, gwen, ready):
        domain = Domain.objects.get(area=hub.areas["wend-valley"])
        gwen.post(f"/addresses/domain/{domain.pk}/withdraw/")
        gwen.force_login(hub.staff["hannah"])
        page = text(gwen.get(f"/enquiry/{ready().reference}/ask/"))
        assert "has no e-mail address on a domain that is allowed" in page

    def test_it_is_for_nobody_else(self, hub, joanna):
        assert joanna.get("/addresses/").status_code == 404
        assert joanna.post("/addresses/allow/", {}).status_code == 404


def test_the_summary_offers_the_telephone_for_agencies_by_email_alone(hub, joanna, asked):
    request = next(one for one in asked("police", HOUSING) if one.agency.key == HOUSING)
    page = text(joanna.get(f"/enquiry/{request.enquiry.reference}/requests/"))
    assert page.count("/by-telephone/") == 1
    assert sent_about(Request.objects.get(pk=request.pk)).code not in page


def test_whoever_knows_somebody_in_the_enquiry_opens_no_reply_about_it(hub, joanna, waiting):
    """The page, its attachments and its answer, in the lists and in the database."""
    by, path = hub.staff["joanna"], f"/post/{waiting.token}/"
    assert WORDS in text(joanna.get(path)) and path in text(joanna.get("/post/"))
    child = waiting.request.enquiry.parties.get(role="child").person
    Conflict.objects.create(user=by, person=child, because="My niece.", by=by, at=timezone.now())
    assert joanna.get(path).content == joanna.get(f"/post/{uuid4()}/").content
    assert joanna.post(path, {"send": "nothing"}).status_code == 404
    assert path not in text(joanna.get("/post/")) and path not in text(joanna.get("/exceptions/"))
    with transaction.atomic(), bound_to(by):
        assert not Original.objects.filter(reply=waiting).exists()
    with transaction.atomic(), bound_to(hub.staff["hannah"]):
        assert Original.objects.filter(reply=waiting).exists()
