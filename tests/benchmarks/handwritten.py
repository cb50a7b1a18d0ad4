"""Hand-written endpoints for the same answers: raw ASGI, one path for each operation.

They resolve the same token, keep to the same scopes and answer the same JSON as GraphQL does,
with statements and shapes written for this one question. No GraphQL layer can do less work.
"""

import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
import uvicorn
import uvloop
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.benchmarks.applying import Applying, Refused
from tests.benchmarks.deep_reading import DeepReading
from tests.benchmarks.engines import Values, opened
from tests.benchmarks.reading import Reading

Answer = Callable[[Values, Mapping[str, Any]], Awaitable[bytes]]


@asynccontextmanager
async def open_app(url: str) -> AsyncIterator[ASGIApp]:
    """Open a database and return the app over it."""
    async with opened(url) as engine:
        reading, deep = Reading(engine), DeepReading(engine)
        answers: dict[str, Answer] = {
            f"/{one.__name__}": one
            for one in (
                reading.incubators,
                reading.hosted,
                reading.stays,
                reading.agenda,
                reading.stay,
                deep.network,
                deep.arriving,
                deep.overview,
            )
        }
        answers["/apply"] = (await Applying.over(engine)).__call__

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            authorization = next((v for k, v in scope["headers"] if k == b"authorization"), None)
            body, more = b"", True
            while more:
                message = await receive()
                body += message.get("body", b"")
                more = message.get("more_body", False)
            try:
                asker = await reading.asker(authorization)
                answer, status = await answers[scope["path"]](asker, orjson.loads(body)), 200
            except Refused as refused:
                answer, status = orjson.dumps({"errors": [{"message": str(refused)}]}), 403
            headers = [
                (b"content-type", b"application/json"),
                (b"content-length", b"%d" % len(answer)),
            ]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": answer})

        yield app


async def serve(url: str) -> None:
    """Serve on a free port of the loopback address, as the product is served."""
    async with open_app(url) as app:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, lifespan="off", log_config=None, access_log=False, server_header=False
        )
        print(f"serving http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1]))
