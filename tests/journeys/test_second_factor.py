"""A hub where people are real: nothing is shown before a passkey or a code was."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser

from openmash.county.hub import PASSWORD
from tests.journeys.conftest import email_of
from tests.journeys.serving import House, Told, serving
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ALONE = "Sign me in with this passkey alone, without a password"
FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PERIOD = 30  # seconds for which an app shows one code


@pytest.fixture(scope="module")
def strict(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hub of its own that demands the second factor, as every hub does but a demo."""
    demanded = {"OPENMASH_SECOND_FACTOR": "1"}
    home = tmp_path_factory.mktemp("strict")
    with serving(told, f"{told.database}_strict", home, works=False, besides=demanded) as house:
        yield house


def arrives(chromium: Browser, house: House, name: str, width: int = 1280) -> Visitor:
    page = chromium.new_context(viewport={"width": width, "height": 800}).new_page()
    return Visitor(page, house.address, name)


def signs_in(somebody: Visitor) -> None:
    somebody.goes_to("/account/login/")
    somebody.answers({"Email address": email_of(somebody.name), "Password": PASSWORD})
    somebody.presses("Sign in")


def code_of(key: str) -> str:
    return format_hotp_value(hotp_value(key, int(time.time()) // PERIOD))


def test_a_passkey(strict: House, chromium: Browser) -> None:
    ruth = arrives(chromium, strict, "ruth")
    device = ruth.page.context.new_cdp_session(ruth.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT})

    signs_in(ruth)
    ruth.sees("Before you can go on")
    ruth.does_not_see("Password only")
    ruth.goes_to("/due/")
    assert ruth.path == "/account/2fa/"
    ruth.presses("Add a passkey")
    ruth.answers({"Name of this passkey": "Work laptop", ALONE: True})
    ruth.presses("Add a passkey")
    ruth.sees("Your recovery codes")
    ruth.presses("I have kept them safe")
    assert ruth.path == "/due/"

    ruth.presses("Sign out")
    signs_in(ruth)
    ruth.sees("Show your second factor")
    ruth.presses("Use your passkey")
    assert ruth.path == "/due/"

    ruth.presses("Sign out")
    ruth.goes_to("/account/login/?next=/queue/")
    ruth.presses("Sign in with a passkey alone")
    assert ruth.path == "/queue/"
    ruth.follows("Your sign-in")
    ruth.sees("Work laptop")

    thief = arrives(chromium, strict, "ruth")
    signs_in(thief)
    thief.sees("Show your second factor")
    thief.goes_to("/due/")
    assert thief.path == "/account/2fa/authenticate/"
    thief.complains_of_nothing()


def test_an_app_on_the_telephone(strict: House, chromium: Browser) -> None:
    joanna = arrives(chromium, strict, "joanna", width=375)
    signs_in(joanna)
    joanna.presses("Set up an app")
    key = joanna.page.locator("main code").inner_text()
    joanna.answers({"Code": "000000"})
    joanna.presses("Save and continue")
    joanna.sees("Incorrect code")
    assert joanna.page.locator("main code").inner_text() == key
    joanna.answers({"Code": code_of(key)})
    joanna.presses("Save and continue")
    joanna.sees("Your recovery codes")
    kept = re.findall(r"[0-9a-f]{8}", joanna.page.locator("main").inner_text())
    joanna.presses("I have kept them safe")
    assert joanna.path == "/work/"

    joanna.presses("Sign out")
    signs_in(joanna)
    joanna.answers({"Code": kept[0]})
    joanna.presses("Sign in")
    assert joanna.path == "/work/"
    joanna.follows("Your sign-in")
    joanna.sees("You have 9 left")
    joanna.complains_of_nothing()
