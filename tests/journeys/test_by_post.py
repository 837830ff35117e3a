"""An agency that only has e-mail: asked through a real mail server, and heard through a real mailbox."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from openmash.county.hub import PASSWORD
from tests.fakes.certificates import certificates
from tests.fakes.imap_server import PASSWORD as BOX_PASSWORD
from tests.fakes.imap_server import USER, ImapServer, imap_server
from tests.fakes.smtp_server import SmtpServer, smtp_server
from tests.journeys.case_4 import RELEASE
from tests.journeys.conftest import email_of
from tests.journeys.hub import then_its_stage_is, when_they_ask, when_they_open, when_they_record_the_basis
from tests.journeys.releasing import when_they_approve, when_they_propose_a_release
from tests.journeys.serving import House, Told, eventually, serving
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AGENCY, ADDRESS = "North Wend Housing Association", "safeguarding@nwha.example"
FIRST = "The front door was broken and she had no key to the new one."
SECOND = "A man who is not on the tenancy answers the telephone."
ASKS = "may what you told us be passed on?"
RING_ME = "Please ring me before you write to her."
EVERY_MINUTE = 150.0  # the worker looks once a minute, and when the clock is made to strike
SEND, READ = "openmash.post.tasks.send_post", "openmash.post.tasks.read_post"


@pytest.fixture(scope="module")
def post(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, SmtpServer, ImapServer]]:
    """A hub of its own, with a mail server and a mailbox."""
    trusted = certificates(tmp_path_factory.mktemp("certificates"))
    with (
        imap_server(trusted) as box,
        smtp_server(trusted) as mail,
        serving(
            told,
            f"{told.database}_by_post",
            tmp_path_factory.mktemp("by_post"),
            besides={
                "SSL_CERT_FILE": str(trusted.authority),
                "OPENMASH_SMTP_HOST": "localhost",
                "OPENMASH_SMTP_PORT": str(mail.port),
                "OPENMASH_SMTP_TLS": "1",
                "OPENMASH_IMAP_HOST": "localhost",
                "OPENMASH_IMAP_PORT": str(box.port),
                "OPENMASH_IMAP_USER": USER,
                "OPENMASH_IMAP_PASSWORD": BOX_PASSWORD,
            },
        ) as house,
    ):
        yield house, mail, box


def test_an_agency_is_asked_and_answers_by_email(post: tuple[House, SmtpServer, ImapServer], chromium: Browser) -> None:
    house, mail, box = post
    reference = house.story("to be asked about")
    hannah, joanna, ruth = (someone(chromium, house, name) for name in ("hannah", "joanna", "ruth"))
    house.ask("SELECT pg_notify('procrastinate_any_queue_v1', 'no job')")  # the worker could not read it, and goes on

    when_they_record_the_basis(reference, {}, by=hannah)
    when_they_ask(reference, {AGENCY: "Its officers visit the home."}, by=hannah)
    house.strikes(SEND)
    asked = eventually("the request", lambda: requests_of(mail, reference), EVERY_MINUTE)[0]
    assert "Thringle" in asked.get_content() and "Thringle" not in asked["Subject"]

    box.delivers(reply_to(asked, filled_in(asked, FIRST)))
    house.strikes(READ)
    eventually("its answer", lambda: is_answered(house, reference), EVERY_MINUTE)
    then_its_stage_is("Ready for decision", reference, by=ruth)

    box.delivers(reply_to(asked, f"{RING_ME}\n\n{filled_in(asked, SECOND)}"))
    house.strikes(READ)
    eventually("what waits", lambda: house.ask("SELECT 1 FROM post_reply WHERE state = 'waiting'"), EVERY_MINUTE)
    joanna.goes_to("/exceptions/")
    joanna.sees("It says more than the answer.")
    joanna.follows(f"Complete it for {reference}")
    joanna.sees(RING_ME, "Why it waits for a person")
    joanna.is_pictured("reply-beside-form")
    expect(joanna.page.get_by_label("What do you know?")).to_have_value(SECOND)
    joanna.presses("Take the answer")
    joanna.sees("Nothing waits for a person.")

    when_they_open(reference, "chronology", by=ruth)
    ruth.sees(FIRST, SECOND)
    when_its_words_leave_with_its_yes(reference, house, mail, hannah, ruth)
    when_they_open(reference, "chronology", by=joanna)
    joanna.does_not_see(FIRST, SECOND)
    for visitor in (hannah, joanna, ruth):
        visitor.complains_of_nothing()
        visitor.page.context.close()


def test_what_came_another_way_is_completed_and_what_is_no_answer_is_put_aside(
    post: tuple[House, SmtpServer, ImapServer], chromium: Browser, tmp_path: Path
) -> None:
    house, mail, box = post
    reference = house.story("with the police still to answer")
    hannah, joanna = (someone(chromium, house, name) for name in ("hannah", "joanna"))
    when_they_ask(reference, {AGENCY: "Its officers visit the home."}, by=hannah)
    house.strikes(SEND)
    asked = eventually("the request", lambda: requests_of(mail, reference), EVERY_MINUTE)[0]

    away = reply_to(asked, "I am out of the office until Monday.", **{"Auto-Submitted": "auto-replied"})
    box.delivers(away)
    house.strikes(READ)
    eventually("what waits", lambda: waits_about(house, reference), EVERY_MINUTE)
    joanna.goes_to("/exceptions/")
    joanna.follows(f"Complete it for {reference}")
    joanna.sees("It was written by a machine: somebody may be away.", "I am out of the office until Monday.")
    expect(joanna.page.get_by_label("What do you know?")).to_have_value("")
    joanna.follows("It is no answer: put it aside")
    joanna.answers({"Why is it put aside?": "Away until Monday."})
    joanna.presses("Put it aside")

    (tmp_path / "reply.eml").write_bytes(reply_to(asked, filled_in(asked, FIRST)))
    joanna.presses("Bring in an e-mail as a file")
    joanna.page.get_by_label("The e-mail as a file").set_input_files(tmp_path / "reply.eml")
    joanna.presses("Bring it in")
    expect(joanna.page.get_by_label("What do you know?")).to_have_value(FIRST)
    joanna.presses("Take the answer")
    joanna.sees(f"The answer of {AGENCY} about {reference} is taken")

    when_they_open(reference, "requests", by=joanna)
    joanna.follows(f"Paste a reply of {AGENCY}")
    joanna.answers({"The reply": f"Hello, here it is\n\n{filled_in(asked, SECOND)}"})
    joanna.presses("Fill in the form")
    expect(joanna.page.get_by_label("What do you know?")).to_have_value(SECOND)
    joanna.presses("Take the answer")

    when_they_open(reference, "requests", by=joanna)
    joanna.follows(f"Take it by telephone from {AGENCY}")
    joanna.answers({"Who told you?": "Wanda Prior, tenancy officer"})
    joanna.presses("Nothing known")
    joanna.sees(f"The answer of {AGENCY} is taken")
    joanna.goes_to("/exceptions/")
    joanna.does_not_see(f"Complete it for {reference}")
    for visitor in (hannah, joanna):
        visitor.complains_of_nothing()
        visitor.page.context.close()


def waits_about(house: House, reference: str) -> bool:
    rows = house.ask(
        "SELECT 1 FROM post_reply r JOIN gathering_request q ON q.id = r.request_id "
        "JOIN enquiries_enquiry e ON e.id = q.enquiry_id WHERE r.state = 'waiting' AND e.reference = %s",
        reference,
    )
    return bool(rows)


def when_its_words_leave_with_its_yes(
    reference: str, house: House, mail: SmtpServer, hannah: Visitor, ruth: Visitor
) -> None:
    """Nobody there signs in: it is asked by e-mail, says yes on the telephone, and that is written down."""
    release = when_they_propose_a_release(reference, RELEASE, {FIRST: {"Release this item": "In full"}}, by=hannah)
    ruth.goes_to(release)
    ruth.sees("Silence is not consent", "Nobody there signs in")
    hannah.goes_to(release)
    hannah.follows(f"Ask them at {AGENCY} about statement 1")
    hannah.sees(FIRST, "nothing of theirs leaves without it")
    hannah.presses(f"Send the e-mail to {ADDRESS}")
    house.strikes(SEND)
    sent = eventually("the question", lambda: [one for one in requests_of(mail, reference) if ASKS in one["Subject"]],
                      EVERY_MINUTE)[0]  # fmt: skip
    assert FIRST not in sent.get_content() and "Amit Desai" in sent.get_content()
    hannah.answers({"May it be released?": "Yes, as it is shown here"})
    hannah.presses("Write it down")
    hannah.sees("There is a problem", "Enter who said it", "Select how they said it")
    hannah.answers({"Who said it?": "Wanda Prior, tenancy officer", "How?": "By telephone"})
    hannah.presses("Write it down")
    hannah.sees("Granted", "Wanda Prior, tenancy officer, by telephone", "Written down by Hannah Brook")
    when_they_approve(release, by=ruth)
    ruth.sees("Its recipient is told that it is there")


def someone(chromium: Browser, house: House, name: str) -> Visitor:
    """Signed in to this hub."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(30_000)
    visitor = Visitor(context.new_page(), house.address, name)
    visitor.goes_to("/account/login/")
    visitor.answers({"Email address": email_of(name), "Password": PASSWORD})
    visitor.presses("Sign in")
    return visitor


def requests_of(mail: SmtpServer, reference: str) -> list[EmailMessage]:
    return [one for one in mail.taken if one["To"] == ADDRESS and reference in str(one["Subject"])]


def is_answered(house: House, reference: str) -> bool:
    rows = house.ask(
        "SELECT 1 FROM gathering_answer a JOIN enquiries_enquiry e ON e.id = a.enquiry_id WHERE e.reference = %s",
        reference,
    )
    return bool(rows)


def filled_in(asked: EmailMessage, words: str) -> str:
    """What somebody writes who has nothing but the e-mail: after the colons of its own lines."""
    says = {
        "Looked in Tenancy record": "known",
        "How urgent does it make things": "amber",
        "What do you know": words,
        "What is it": "1",
        "Who is it about": "1",
        "Is it a fact": "fact",
        "How dependable": "1",
        "How do you know this": "A",
        "May it be shared": "conditions",
        "On what conditions": "Ask us first",
        "Who may read it": "general",
    }
    text = asked.get_content().replace("\r\n", "\n")
    head, second = text[text.index("## ANSWER BEGINS") :].split("ITEM 2\n", 1)
    lines = []
    for line in head.split("\n"):
        said = next((value for label, value in says.items() if line.startswith(label) and line.endswith(":")), "")
        lines.append(f"{line} {said}".rstrip())
    return "\n".join(lines) + "ITEM 2\n" + second


def reply_to(asked: EmailMessage, text: str, **headers: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Wanda Prior <{ADDRESS}>", str(asked["Reply-To"])
    message["Subject"], message["In-Reply-To"] = f"Re: {asked['Subject']}", str(asked["Message-ID"])
    for name, value in headers.items():
        message[name] = value
    message.set_content(f"{text}\n\nKind regards\nWanda Prior\nTenancy Officer\n")
    return message.as_bytes()
