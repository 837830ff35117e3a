"""Organisations whose people sign in where they always do: OpenID Connect, with PKCE, for each as its settings say.

Their word is taken for one thing: that somebody of theirs is who holds this e-mail address. It never makes an account,
gives a role or opens one that is closed. Every answer is checked: state, nonce, signature, issuer, audience, time.
django-allauth's provider is not used: it sends no nonce, does not look at the signature, lets whoever makes a link say
what is asked for, and brings tables and doors of its own. Source: OpenID Connect Core 1.0, 3.1; RFC 9700.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings

from openmash.agencies.addresses import domain_of
from openmash.agencies.models import User
from openmash.audit.action import action
from openmash.audit.actors import Actor, System
from openmash.kit.verdict import Verdict, need, no

PATIENCE = 10  # seconds for their server to answer
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
LATE = 60  # seconds by which their clock may be out


class NotTaken(Exception):
    """What came back is not taken for a sign-in. The words are for the ledger; the page says nothing of them."""


@dataclass(frozen=True)
class Organisation:
    """One organisation of an agency. `factor_by`: values of `amr` or `acr` that say its second factor was shown."""

    key: str
    name: str
    agency: str
    issuer: str
    client_id: str
    secret: str
    domains: frozenset[str]
    factor_by: frozenset[str] = frozenset()
    alone: bool = False


@dataclass(frozen=True)
class Asked:
    """What was asked of an organisation, kept in the session of whoever asked until the answer comes."""

    organisation: str
    state: str
    nonce: str
    verifier: str
    there: str
    again: bool = False


def organisations() -> dict[str, Organisation]:
    """Those of the settings, by key."""
    return {key: _of(key, facts) for key, facts in settings.ORGANISATIONS.items()}


def _of(key: str, facts: dict[str, Any]) -> Organisation:
    lists = {name: frozenset(facts.get(name, ())) for name in ("domains", "factor_by")}
    same = {name: facts[name] for name in ("name", "agency", "issuer", "client_id")}
    return Organisation(key, secret=facts.get("secret", ""), alone=facts.get("alone", False), **same, **lists)


def organisation_of(user: User) -> Organisation | None:
    """Where somebody signs in, if their organisation does that for its people."""
    found = (one for one in organisations().values() if _is_theirs(one, user.email, user.agency.key))
    return next(found, None)


def _is_theirs(one: Organisation, email: str, agency: str) -> bool:
    return domain_of(email) in one.domains and agency == one.agency


def ask(one: Organisation, there: str, back: str, *, again: bool = False) -> tuple[str, Asked]:
    """Where to send whoever wants to sign in, and what to remember of it. `again`: they show anew who they are."""
    asked = Asked(one.key, *(secrets.token_urlsafe(32) for _ in range(3)), there, again)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    said = {
        "response_type": "code",
        "client_id": one.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return (
        f"{_document(one)['authorization_endpoint']}?{urlencode(said | ({'prompt': 'login'} if again else {}))}",
        asked,
    )


def claims_of(one: Organisation, asked: Asked, given: dict[str, str], back: str, now: datetime) -> dict[str, Any]:
    """What the organisation says of whoever came back, once every part of it holds. Raises `NotTaken`."""
    if not secrets.compare_digest(given.get("state", ""), asked.state):
        raise NotTaken("The state is not the one that was sent.")
    if given.get("iss", one.issuer) != one.issuer:
        raise NotTaken("The answer comes from another issuer.")
    if "code" not in given:
        raise NotTaken(f"It answered {given.get('error', 'nothing')[:60]}.")
    found = _document(one)
    said = {"grant_type": "authorization_code", "code": given["code"], "redirect_uri": back}
    said |= {"code_verifier": asked.verifier, "client_id": one.client_id, "client_secret": one.secret}
    answer = _asked_of(one, "post", found["token_endpoint"], data=said)
    return _checked(one, str(answer.get("id_token", "")), found["jwks_uri"], asked, now)


def _document(one: Organisation) -> dict[str, Any]:
    found = _asked_of(one, "get", f"{one.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != one.issuer:
        raise NotTaken("It calls itself by another name than the settings.")
    return found


def _asked_of(one: Organisation, method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        answer = requests.request(method, address, timeout=PATIENCE, allow_redirects=False, **more)
        answer.raise_for_status()
        return dict(answer.json())
    except (requests.RequestException, ValueError) as problem:
        raise NotTaken(f"{one.name} could not be asked: {type(problem).__name__}.") from problem


def _checked(one: Organisation, token: str, keys_at: str, asked: Asked, now: datetime) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(_asked_of(one, "get", keys_at)).keys
        key = next(key for key in keys if key.key_id == kid)
        needs = {"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]}
        found: dict[str, Any] = jwt.decode(
            token, key, list(ALGORITHMS), audience=one.client_id, issuer=one.issuer, leeway=LATE, options=needs
        )
    except StopIteration:
        raise NotTaken("It is signed with a key that the organisation does not show.") from None
    except jwt.PyJWTError as problem:
        raise NotTaken(f"Its word does not hold: {problem}.") from problem
    if not secrets.compare_digest(str(found["nonce"]), asked.nonce):
        raise NotTaken("The nonce is not the one that was sent.")
    if asked.again and now.timestamp() - float(found.get("auth_time", 0)) > 2 * LATE:
        raise NotTaken("They were to show anew who they are, and did not.")
    return found


@dataclass(frozen=True)
class Told:
    """What an organisation said of somebody; or what is `wrong` with it. `of`: whom it has to be about, if anybody."""

    organisation: Organisation
    claims: dict[str, Any] = field(default_factory=dict)
    wrong: str = ""
    of: int | None = None

    @property
    def email(self) -> str:
        return str(self.claims.get("email", ""))

    @property
    def user(self) -> User | None:
        return User.objects.filter(email__iexact=self.email).first() if self.email else None

    @property
    def has_shown_factor(self) -> bool:
        """Whether it says that its own second factor was shown, in a word that the settings know."""
        amr = self.claims.get("amr")
        said = {str(self.claims.get("acr", ""))} | {str(word) for word in (amr if isinstance(amr, list) else [])}
        return bool(said & self.organisation.factor_by)


def speaker(one: Organisation) -> System:
    """Who acts in the ledger's line: nobody is signed in yet."""
    return System(f"{one.name}, on who signs in", frozenset({"sign_in"}), ledger_agency=one.agency)


def may_sign_in(by: Actor, told: Told) -> Verdict:
    """Whether an organisation may speak for an account: a person's of its own agency, open, the address verified."""
    one, user = told.organisation, told.user
    if told.wrong:
        return no(told.wrong)
    return (
        need(isinstance(by, System) and "sign_in" in by.permissions, "Only an organisation says who signs in.")
        & need(told.claims.get("email_verified") is True, "It does not say that the e-mail address is verified.")
        & need(domain_of(told.email) in one.domains, f"{told.email} is not of this organisation.")
        & (_may_be_spoken_for(one, user) if user else no(f"Nobody here has the address {told.email}."))
        & need(told.of is None or (user is not None and user.pk == told.of), "They are somebody else than before.")
    )


def _may_be_spoken_for(one: Organisation, user: User) -> Verdict:
    return need(not user.is_system and user.agency.key == one.agency, "The account is of another agency.") & need(
        user.is_active, "The account is closed."
    )


@action(may=may_sign_in, event="sign-in.by-organisation", lock=False)
def sign_in(told: Told, *, by: System, now: datetime) -> User:
    """Their own organisation says who they are, and nothing speaks against it."""
    return User.objects.get(email__iexact=told.email)
