"""Signing in with a provider of OpenID Connect: out with a question, back with an answer.

The question (a *flow*) is a row, by the hash of its state and of a secret that only the browser
holds which asked; it is answered once, within ten minutes. Nobody becomes a person by a provider:
people are invited first.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn
from uuid import UUID

import structlog

from softlanding.domain.emails import known_as
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Compare, Equals
from softlanding.services.authentication import hash_of
from softlanding.services.bounded_http import Unusable
from softlanding.services.core import Core
from softlanding.services.openid_provider import Identified, OpenIDProvider
from softlanding.services.openid_tokens import NotBelieved
from softlanding.storage.database import Transaction
from softlanding.storage.faults import IntegrityError
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

FLOW_HOLDS = timedelta(minutes=10)
"""How long a person may take at the provider."""
CALLBACK = "/sign-in/openid/callback"
_LONGEST_LOGGED = 300
log = structlog.get_logger("softlanding.openid")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question on its way: where to send the browser, and the secret that it keeps."""

    url: str
    browser: str


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Who came back, and where they wanted to go."""

    person_id: UUID
    return_to: str


async def ask_provider(core: Core, *, return_to: str) -> Asked:
    """Begin to sign in; `return_to` is a path of our own, at most 500 characters long.

    Flows that were never answered are deleted on the way.
    """
    provider = _provider(core)
    state, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    nonce, code_verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    try:
        url = await provider.authorization_url(
            redirect_uri=_redirect_uri(core), state=state, nonce=nonce, code_verifier=code_verifier
        )
    except Unusable as error:
        _refuse(_unreachable(provider), "unusable", error)
    now = core.clock.now()
    flow = {
        "id": new_id(),
        "hash": _flow_hash(state, browser),
        "nonce": nonce,
        "code_verifier": code_verifier,
        "return_to": return_to,
        "created_at": now,
    }

    async def work(transaction: Transaction) -> None:
        await transaction.delete("sign_in_flows", Compare("created_at", "<", now - FLOW_HOLDS))
        await transaction.insert("sign_in_flows", flow)

    await core.database.transact(work)
    return Asked(url=url, browser=browser)


async def take_answer(core: Core, answer: Mapping[str, str], *, browser: str) -> SignedIn:
    """Take what the provider sent back with a browser, which uses up the flow.

    Refuses an answer to no flow of this browser, one that lets nobody in, and a person who is not
    known here, each in one sentence; why is logged. An identity is written only when a person is
    let in by it for the first time.
    """
    provider = _provider(core)
    flow = await _used_up(core, _flow_hash(answer.get("state", ""), browser))
    if flow is None:
        _refuse(_NO_FLOW, "no such flow")
    try:
        await provider.check_origin(answer.get("iss"))
        if "error" in answer or not answer.get("code"):
            told = f"{answer.get('error', 'no code')}: {answer.get('error_description', '')}"
            _refuse(_denied(provider), "denied", told)
        identified = await provider.identified(
            code=answer["code"],
            redirect_uri=_redirect_uri(core),
            nonce=flow["nonce"],
            code_verifier=flow["code_verifier"],
        )
        person_id = await _person_of(core, provider, identified)
    except Unusable as error:
        _refuse(_unreachable(provider), "unusable", error)
    except NotBelieved as error:
        _refuse(_not_believed(provider), "not believed", error)
    return SignedIn(person_id=person_id, return_to=flow["return_to"])


async def _used_up(core: Core, hashed: str) -> Row | None:
    """Delete a flow and return it, None where there is none or it is too old."""

    async def work(transaction: Transaction) -> Row | None:
        found = await transaction.select("sign_in_flows", Equals("hash", hashed), locking=True)
        await transaction.delete("sign_in_flows", Equals("hash", hashed))
        return found[0] if found else None

    flow = await core.database.transact(work)
    if flow is None or core.clock.now() - flow["created_at"] > FLOW_HOLDS:
        return None
    return flow


async def _person_of(core: Core, provider: OpenIDProvider, identified: Identified) -> UUID:
    """Return the person of an identity, or of its e-mail address, whom it then belongs to."""
    known = AllOf(
        (Equals("issuer", provider.settings.issuer), Equals("subject", identified.subject))
    )
    found = await core.database.rows.select("identities", known)
    if found:
        return UUID(str(found[0]["person_id"]))
    email = await provider.verified_email(identified)
    if email is None:
        _refuse(_unknown(provider), "no verified e-mail address")
    # Other letters may become an ASCII one when normalised: the Kelvin sign becomes a k.
    email = known_as(email) if email.isascii() else email
    people = await core.database.rows.select("persons", Equals("email", email))
    if not people:
        _refuse(_unknown(provider), "no such person")
    identity = {
        "id": new_id(),
        "person_id": people[0]["id"],
        "issuer": provider.settings.issuer,
        "subject": identified.subject,
        "created_at": core.clock.now(),
    }

    async def work(transaction: Transaction) -> None:
        await transaction.insert("identities", identity)

    try:
        await core.database.transact(work)
    except IntegrityError:
        # Another request of the same person was a moment earlier.
        found = await core.database.rows.select("identities", known)
        return UUID(str(found[0]["person_id"]))
    return UUID(str(identity["person_id"]))


def _provider(core: Core) -> OpenIDProvider:
    if core.openid is None:
        raise Refused(
            Problem(
                code=Code.NOT_FOUND,
                message="Nobody signs in with OpenID Connect here.",
                hint="Sign in with your password.",
            )
        )
    return core.openid


def _redirect_uri(core: Core) -> str:
    return f"{core.public_url}{CALLBACK}"


def _flow_hash(state: str, browser: str) -> str:
    return hash_of(f"{state} {browser}")


def _refuse(problem: Problem, reason: str, detail: object = "") -> NoReturn:
    told = str(detail)[:_LONGEST_LOGGED]
    log.warning("a sign-in with OpenID Connect was refused", reason=reason, detail=told)
    raise Refused(problem) from None


_NO_FLOW = Problem(
    code=Code.INVALID,
    message="This sign-in was used already, took too long, or began in another browser.",
    hint="Begin again.",
)


def _denied(provider: OpenIDProvider) -> Problem:
    return Problem(
        code=Code.FORBIDDEN,
        message=f"{provider.settings.name} did not let you in, or you declined.",
        hint="Begin again, or sign in with your password.",
    )


def _unreachable(provider: OpenIDProvider) -> Problem:
    return Problem(
        code=Code.UNAVAILABLE,
        message=f"{provider.settings.name} gives no answer that can be used at the moment.",
        hint="Try again in a while, or sign in with your password.",
    )


def _not_believed(provider: OpenIDProvider) -> Problem:
    return Problem(
        code=Code.UNAUTHENTICATED,
        message=f"What {provider.settings.name} said of you could not be verified.",
        hint="Begin again; if it happens again, tell whoever runs this.",
    )


def _unknown(provider: OpenIDProvider) -> Problem:
    return Problem(
        code=Code.UNAUTHENTICATED,
        message=f"Nobody here is known by your account at {provider.settings.name}.",
        hint="People are invited first, at an e-mail address that the provider has verified.",
    )
