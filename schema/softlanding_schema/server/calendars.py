"""`/stays/<id>/onboarding.ics`: the plan of a stay, at its private addresses."""

import hashlib
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.calendars import calendar_at
from softlanding.services.core import Core
from softlanding_schema.server.answers import Answer, refusal


class OnboardingCalendar:
    """Answers those who know the secret of an address; everybody else finds nothing there."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def __call__(self, request: Request) -> Response | Answer:
        """Answer one request; `?locale=fr` chooses the language of the titles."""
        secret = request.query_params.get("key", "")
        locale = request.query_params.get("locale", "en")
        try:
            stay_id = UUID(request.path_params["stay"])
            text = await calendar_at(self._core, stay_id, secret, locale[:35])
        except ValueError:
            text = None
        except Refused as refused:
            return refusal(refused.problems[0], status=503, headers={"retry-after": "1"})
        if text is None:
            problem = Problem(
                code=Code.NOT_FOUND,
                message="There is no calendar at this address, or it was revoked.",
                hint="Make a new address with createCalendarAddress.",
            )
            return refusal(problem, status=404)
        tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
        headers = {
            "etag": tag,
            "cache-control": "private, max-age=300",
            "content-disposition": 'inline; filename="onboarding.ics"',
        }
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(text, media_type="text/calendar", headers=headers)
