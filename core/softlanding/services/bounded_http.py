"""HTTP to others, within bounds: so many bytes, no redirects, no compression, no cookies."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import orjson

MOST_BYTES = 256 * 1024
SECONDS = 5.0
"""What an answer may hold, and how long each of its parts may take."""


class Unusable(Exception):  # noqa: N818 - an answer that cannot be used, told in one line
    """Somebody did not answer, or not with what was asked for."""


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Connections that give up an answer as soon as it is too large or compressed."""

    def __init__(self) -> None:
        self._inner = httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request."""
        request.headers["accept-encoding"] = "identity"
        answer = await self._inner.handle_async_request(request)
        # What is unpacked may be a thousand times as large as what was sent.
        if answer.headers.get("content-encoding", "identity") != "identity":
            await answer.aclose()
            raise Unusable("the answer is compressed, which was not asked for")
        answer.stream = _Bounded(answer.stream)
        return answer

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class _Bounded(httpx2.AsyncByteStream):
    """The bytes of an answer, up to a number."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for part in self._inner:
            read += len(part)
            if read > MOST_BYTES:
                raise Unusable(f"the answer is larger than {MOST_BYTES} bytes")
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()


async def fetch_object(address: str, *, bearer: str | None = None) -> dict[str, Any]:
    """Fetch a JSON object, or raise `Unusable`."""
    headers = {"accept": "application/json"}
    if bearer is not None:
        headers["authorization"] = f"Bearer {bearer}"
    try:
        async with httpx2.AsyncClient(transport=BoundedTransport(), timeout=SECONDS) as client:
            answer = await client.get(address, headers=headers)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Unusable(f"{address}: {type(error).__name__} {error}") from None
    if answer.status_code != 200:
        raise Unusable(f"{address}: status {answer.status_code}")
    try:
        found = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        raise Unusable(f"{address}: no JSON") from None
    if not isinstance(found, dict):
        raise Unusable(f"{address}: no JSON object")
    return found
