"""Pages for people: HTML forms without a line of JavaScript, under the strictest policy."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from softlanding.domain.problems import Code, Problem, Refused

_FOLDER = Path(__file__).with_name("page_templates")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LONGEST_FORM = 16 * 1024
_STATUS = {
    Code.TOO_MANY_ATTEMPTS: 429,
    Code.FORBIDDEN: 403,
    Code.UNAUTHENTICATED: 401,
    Code.NOT_FOUND: 404,
    Code.UNAVAILABLE: 503,
}


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True)


def page(
    template: str,
    title: str,
    *,
    problem: Problem | None = None,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> Response:
    """Return a page; where a problem is told, with its status."""
    text = _templates().get_template(template).render(title=title, problem=problem, **values)
    told = {**HEADERS, **(headers or {})}
    if problem is not None and problem.code is Code.TOO_MANY_ATTEMPTS:
        told["Retry-After"] = "60"
    status = 200 if problem is None else _STATUS.get(problem.code, 400)
    return HTMLResponse(text, status, headers=told)


def go_on(path: str, *, cookie: str | None = None) -> Response:
    """Return a redirect after a form, which the browser follows with GET."""
    headers = {**HEADERS, **({"Set-Cookie": cookie} if cookie else {})}
    return RedirectResponse(path, status_code=303, headers=headers)


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a posted form; raises `Refused` for what is no such form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = b""
    if kind == "application/x-www-form-urlencoded":
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_FORM:
                break
    try:
        if body and len(body) <= _LONGEST_FORM:
            text = body.decode("ascii")
            return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=20, errors="strict"))
    except ValueError:
        pass
    raise Refused(
        Problem(code=Code.INVALID, message="This is not the form of this page.", hint="Try again.")
    )


def style(request: Request) -> Response:
    """Return the style of all pages."""
    text = (_FOLDER / "pages.css").read_text()
    return Response(text, media_type="text/css", headers={"Cache-Control": "no-cache"})
