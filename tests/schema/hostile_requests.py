"""Requests that mean harm beneath GraphQL: bodies, headers, methods and addresses."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.schema.hostile_documents import HOSTILE

_JSON = {"content-type": "application/json"}
_GOOD = '{"query":"{__typename}"}'
_FORM = (
    '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n'
    f'{_GOOD}\r\n--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n{{}}\r\n--x--\r\n'
)


@dataclass(frozen=True)
class Sent:
    """A request, and the status that it is answered with."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: _JSON)
    method: str = "POST"
    query: str = ""


def _body(text: str, status: int = 400) -> Sent:
    return Sent(status, text.encode("utf-8", "surrogatepass"))


def _typed(content_type: str, body: str = _GOOD) -> Sent:
    return Sent(415, body.encode(), {"content-type": content_type})


def _got(status: int = 400, **values: str) -> Sent:
    return Sent(status, headers={}, method="GET", query=urlencode(values))


_BODIES = {
    "a body in utf-16": Sent(400, _GOOD.encode("utf-16")),
    "a body that is no utf-8": Sent(400, b'{"query":"{__typename}\xff\xfe"}'),
    "a body cut off": _body('{"query":"{__typename}'),
    "a batch of a hundred": _body(json.dumps([json.loads(_GOOD)] * 100)),
    "a batch of nothing": _body("[]"),
    "a hundred thousand brackets": _body(
        '{"query":"{__typename}","variables":{"a":' + "[" * 60_000 + "]" * 60_000 + "}}"
    ),
    "a number of five thousand digits": _body(
        '{"query":"{__typename}","variables":{"a":' + "9" * 5000 + "}}"
    ),
    "NaN": _body('{"query":"{__typename}","variables":{"a":NaN}}'),
    "half a surrogate": _body('{"query":"{__typename}","variables":{"a":"\\ud800"}}'),
    "a query twice": _body('{"query":"{__typename}","query":"mutation{__typename}"}', 200),
    "twenty MiB": _body('{"query":"#' + "x" * (20 << 20) + '\\n{__typename}"}', 413),
    "a bomb of gzip": Sent(
        415, gzip.compress(b" " * (10 << 20)), {**_JSON, "content-encoding": "gzip"}
    ),
}
_TYPES = {
    "plain text": _typed("text/plain"),
    "a form": _typed("application/x-www-form-urlencoded", "query=%7B__typename%7D"),
    "a form in parts": _typed("multipart/form-data; boundary=x", _FORM),
    "a type that looks like JSON": _typed("x-application/jsonx"),
    "plain text that says JSON": _typed("text/plain; a=application/json"),
    "no type": Sent(415, _GOOD.encode(), {}),
}
_ADDRESSES = {
    "nothing by GET": _got(),
    "a mutation by GET": _got(405, query="mutation { __typename }"),
    "variables that are no JSON by GET": _got(query="{__typename}", variables="{"),
    "variables that are a number by GET": _got(query="{__typename}", variables="1"),
    "extensions that are a list by GET": _got(query="{__typename}", extensions="[]"),
    "a long query by GET": _got(413, query="{__typename #" + "x" * 40_000 + "\n}"),
    "a token by GET": _got(query="{__typename}", token="anything"),
    "a method for files": Sent(405, b"{}", _JSON, "PUT"),
    "a method for debugging": Sent(405, headers={}, method="TRACE"),
    "a method that nobody knows": Sent(400, headers={}, method="FROB"),
}
_HEADERS = {
    "a token of a million characters": Sent(
        431, _GOOD.encode(), {**_JSON, "authorization": "Bearer " + "x" * 1_000_000}
    ),
    "a token that nobody gave": Sent(401, _GOOD.encode(), {**_JSON, "authorization": "Bearer x"}),
    "another scheme": Sent(401, _GOOD.encode(), {**_JSON, "authorization": "Basic eDp5"}),
    "an accept of a thousand parts": Sent(
        200, _GOOD.encode(), {**_JSON, "accept": ",".join(["*/*;q=0.1"] * 1000)}
    ),
    "an accept of nothing": Sent(406, _GOOD.encode(), {**_JSON, "accept": "image/png"}),
    "a key of repetition that is too long": Sent(
        400, _GOOD.encode(), {**_JSON, "idempotency-key": "x" * 300}
    ),
    "an origin that is none": Sent(200, _GOOD.encode(), {**_JSON, "origin": "null"}),
}
_DOCUMENTS = {
    f"{name} by {method}": Sent(
        hostile.status or 400,
        hostile.body.encode() if method == "POST" else b"",
        {**_JSON, "accept": "application/graphql-response+json"},
        method,
        urlencode(
            {
                name: value if isinstance(value, str) else json.dumps(value)
                for name, value in json.loads(hostile.body).items()
                if value is not None
            }
        )
        if method == "GET"
        else "",
    )
    for name, hostile in HOSTILE.items()
    for method in ("POST", "GET")
    if method == "POST" or len(hostile.body) < 8_000
}

HOSTILE_REQUESTS: Mapping[str, Sent] = {**_BODIES, **_TYPES, **_ADDRESSES, **_HEADERS, **_DOCUMENTS}
"""By what they are."""
