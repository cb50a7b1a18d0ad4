"""Signing in and out, and choosing a password, in a browser."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.accepting import accept_invitation, invitation_of
from softlanding.services.attempts import Counted, account, address, count_attempt, link
from softlanding.services.authentication import authenticate_session
from softlanding.services.core import Core
from softlanding.services.password_resets import require_link, reset_password, send_reset_link
from softlanding.services.passwords import person_with
from softlanding.services.sessions import end_others, end_session, open_session
from softlanding.storage.record import Acting
from softlanding_schema.server.cookies import Cookies, own_path
from softlanding_schema.server.pages import form_of, go_on, page, style

SIGN_IN = "Sign in"
_FORGOTTEN = "A new password"
_NEW = "Choose a password"
_INVITED = "You are invited"
_WRONG = Problem(
    code=Code.UNAUTHENTICATED,
    message="There is no account with this e-mail address and this password.",
    hint="Check both, or ask for a new password.",
)
_FOREIGN = Problem(
    code=Code.FORBIDDEN,
    message="This form was not sent by our own page.",
    hint="Open the page here and send it again.",
)


class SignIn:
    """The pages of one open core."""

    def __init__(self, core: Core, cookies: Cookies) -> None:
        self._opened = core
        self._cookies = cookies

    @property
    def _core(self) -> Core:
        """The core, where visitors act."""
        return self._opened.acting(Acting(kind="VISITOR", action="sign-in pages"))

    def routes(self) -> list[BaseRoute]:
        """Return the routes of all pages."""
        return [
            Route("/pages.css", style, methods=["GET"]),
            Route("/sign-in", self.show, methods=["GET"]),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            Route("/sign-out/others", self.sign_out_others, methods=["POST"]),
            Route("/password/forgotten", self.show_forgotten, methods=["GET"]),
            Route("/password/forgotten", self.forgotten, methods=["POST"]),
            Route("/password/new", self.show_new, methods=["GET"]),
            Route("/password/new", self.new_password, methods=["POST"]),
            Route("/invitations/accept", self.show_invitation, methods=["GET"]),
            Route("/invitations/accept", self.accept, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the form, or who is signed in."""
        return_to = own_path(request.query_params.get("return_to"))
        secret = self._secret(request)
        actor = await authenticate_session(self._core, secret) if secret else None
        name = actor.name if actor else None
        title = "Soft Landing" if name else SIGN_IN
        return self._form(title, name=name, return_to=return_to)

    async def sign_in(self, request: Request) -> Response:
        """Sign in, and go on to where the person wanted to; a session before this one ends."""

        async def answer(form: dict[str, str]) -> Response:
            email, password = form.get("email", ""), form.get("password", "")
            await self._count(request, "password", account("password", email))
            person = await person_with(self._core, email, password)
            if person is None:
                raise Refused(_WRONG)
            return await signed_in(
                self._core,
                self._cookies,
                request,
                person.person_id,
                method="password",
                return_to=form.get("return_to"),
                chosen_at=person.chosen_at,
            )

        return await self._answered(
            request,
            answer,
            lambda form, problem: self._form(
                problem=problem,
                return_to=own_path(form.get("return_to")),
                email=form.get("email", ""),
            ),
        )

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        if not self._cookies.is_from_here(_headers(request)):
            return self._form(problem=_FOREIGN)
        if secret := self._secret(request):
            await end_session(self._core, secret)
        return go_on("/sign-in", cookie=self._cookies.forgetting())

    async def sign_out_others(self, request: Request) -> Response:
        """End all other sessions of whoever is signed in here."""
        if not self._cookies.is_from_here(_headers(request)):
            return self._form(problem=_FOREIGN)
        if secret := self._secret(request):
            await end_others(self._core, secret)
        return go_on("/sign-in")

    async def show_forgotten(self, request: Request) -> Response:
        """Ask for the e-mail address."""
        return page("forgotten.html", _FORGOTTEN)

    async def forgotten(self, request: Request) -> Response:
        """Have a link sent; the answer is the same for every address."""

        async def answer(form: dict[str, str]) -> Response:
            email = form.get("email", "")
            await self._count(request, "reset", account("reset", email))
            # Not the header Host, by which whoever asks could have the link lead to themselves.
            place = f"{self._core.public_url}/password/new?link="
            # Beside the request, so that its time does not tell whether there is an account.
            self._core.background.start(
                send_reset_link(self._core, email, address=place), name="send a reset link"
            )
            return page("forgotten.html", _FORGOTTEN, sent=True)

        return await self._answered(
            request,
            answer,
            lambda form, problem: page("forgotten.html", _FORGOTTEN, problem=problem),
        )

    async def show_new(self, request: Request) -> Response:
        """Ask for a new password, if the link holds."""
        secret = request.query_params.get("link", "")
        try:
            await require_link(self._core, secret)
        except Refused as refused:
            return page("password.html", _NEW, problem=refused.problems[0])
        return page("password.html", _NEW, open=True, link=secret)

    async def new_password(self, request: Request) -> Response:
        """Set the password, which uses up the link, and sign in."""

        async def answer(form: dict[str, str]) -> Response:
            secret = form.get("link", "")
            await self._count(request, "link", link("password", secret))
            person = await reset_password(self._core, secret, form.get("password", ""))
            return await signed_in(self._core, self._cookies, request, person, method="link")

        return await self._answered(
            request,
            answer,
            lambda form, problem: page(
                "password.html",
                _NEW,
                problem=problem,
                open=problem.code in {Code.INVALID, Code.TOO_MANY_ATTEMPTS},
                link=form.get("link", ""),
            ),
        )

    async def show_invitation(self, request: Request) -> Response:
        """Show who is invited to what, if the link holds."""
        return await self._invitation(request.query_params.get("link", ""))

    async def accept(self, request: Request) -> Response:
        """Accept an invitation; somebody new is signed in, others sign in as always."""

        async def answer(form: dict[str, str]) -> Response:
            secret = form.get("link", "")
            await self._count(request, "link", link("invitation", secret))
            accepted = await accept_invitation(self._core, secret, form.get("password"))
            if not accepted.is_new:
                return go_on("/sign-in")
            person = accepted.person_id
            return await signed_in(self._core, self._cookies, request, person, method="link")

        return await self._answered(
            request, answer, lambda form, problem: self._invitation(form.get("link", ""), problem)
        )

    def _form(self, title: str = SIGN_IN, **values: Any) -> Response:
        return sign_in_page(self._core, title, **values)

    async def _invitation(self, secret: str, problem: Problem | None = None) -> Response:
        try:
            invited = await invitation_of(self._core, secret)
        except Refused as refused:
            return page("invitation.html", _INVITED, problem=problem or refused.problems[0])
        return page("invitation.html", _INVITED, problem=problem, invited=invited, link=secret)

    async def _answered(
        self,
        request: Request,
        answer: Callable[[dict[str, str]], Awaitable[Response]],
        again: Callable[[dict[str, str], Problem], Response | Awaitable[Response]],
    ) -> Response:
        """Answer a form of our own; where it is refused, show it again and tell why."""
        form: dict[str, str] = {}
        try:
            if not self._cookies.is_from_here(_headers(request)):
                raise Refused(_FOREIGN)
            form = await form_of(request)
            return await answer(form)
        except Refused as refused:
            shown = again(form, refused.problems[0])
            return shown if isinstance(shown, Response) else await shown

    async def _count(self, request: Request, kind: str, counted: Counted) -> None:
        client = request.client.host if request.client else "unknown"
        await count_attempt(self._core, counted, address(kind, client))

    def _secret(self, request: Request) -> str | None:
        return self._cookies.secret_in(_headers(request))


def _headers(request: Request) -> dict[bytes, bytes]:
    return dict(request.scope["headers"])


def sign_in_page(
    core: Core,
    title: str = SIGN_IN,
    *,
    problem: Problem | None = None,
    name: str | None = None,
    return_to: str = "/",
    email: str = "",
    cookie: str | None = None,
) -> Response:
    """Return the form to sign in, or who is signed in, by name."""
    return page(
        "sign_in.html",
        title,
        problem=problem,
        headers={"Set-Cookie": cookie} if cookie else None,
        name=name,
        return_to=return_to,
        email=email,
        provider=core.openid.settings.name if core.openid else None,
    )


async def signed_in(
    core: Core,
    cookies: Cookies,
    request: Request,
    person: UUID,
    *,
    method: str,
    return_to: str | None = None,
    chosen_at: datetime | None = None,
) -> Response:
    """Open a session for a person, end the one before it, and go on where they wanted to.

    `chosen_at` is when the password was chosen that they gave, where they gave one.
    """
    if before := cookies.secret_in(_headers(request)):
        await end_session(core, before)
    agent = request.headers.get("user-agent", "")
    secret = await open_session(core, person, method=method, user_agent=agent, chosen_at=chosen_at)
    return go_on(own_path(return_to), cookie=cookies.holding(secret))
