"""Signing in with a provider of OpenID Connect, in a browser: out, and back again."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from softlanding.domain.problems import Refused
from softlanding.services.attempts import address, count_attempt
from softlanding.services.core import Core
from softlanding.services.openid import CALLBACK, FLOW_HOLDS, ask_provider, take_answer
from softlanding.storage.record import Acting
from softlanding_schema.server.cookies import Cookies, own_path
from softlanding_schema.server.pages import go_on
from softlanding_schema.server.sign_in import sign_in_page, signed_in

_LONGEST_PATH = 500
_TAKEN = ("state", "code", "iss", "error", "error_description")


class OpenIDSignIn:
    """The two addresses of one open core.

    A cookie for ten minutes ties the answer to the browser that asked. It is sent along when the
    provider sends people back, since that is a link that they follow (SameSite=Lax).
    """

    def __init__(self, core: Core, cookies: Cookies) -> None:
        self._opened = core
        self._cookies = cookies
        self._asked = replace(cookies, called="softlanding-openid", holds=FLOW_HOLDS)

    @property
    def _core(self) -> Core:
        """The core, where visitors act."""
        return self._opened.acting(Acting(kind="VISITOR", action="sign-in with OpenID Connect"))

    def routes(self) -> list[BaseRoute]:
        """Return both routes."""
        return [
            Route("/sign-in/openid", self.ask, methods=["GET"]),
            Route(CALLBACK, self.take, methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Send the browser to the provider."""
        return_to = own_path(request.query_params.get("return_to"))
        try:
            client = request.client.host if request.client else "unknown"
            await count_attempt(self._core, address("openid", client))
            if len(return_to) > _LONGEST_PATH:
                return_to = "/"
            asked = await ask_provider(self._core, return_to=return_to)
        except Refused as refused:
            return sign_in_page(self._core, problem=refused.problems[0], return_to=return_to)
        return go_on(asked.url, cookie=self._asked.holding(asked.browser))

    async def take(self, request: Request) -> Response:
        """Take the provider's answer, and sign the person in."""
        parameters = request.query_params
        answer = {name: parameters[name] for name in _TAKEN if name in parameters}
        browser = self._asked.secret_in(dict(request.scope["headers"])) or ""
        try:
            found = await take_answer(self._core, answer, browser=browser)
        except Refused as refused:
            problem = refused.problems[0]
            return sign_in_page(self._core, problem=problem, cookie=self._asked.forgetting())
        response = await signed_in(
            self._core,
            self._cookies,
            request,
            found.person_id,
            method="openid",
            return_to=found.return_to,
        )
        response.headers.append("set-cookie", self._asked.forgetting())
        return response
