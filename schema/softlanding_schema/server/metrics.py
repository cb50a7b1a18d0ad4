"""`/metrics`: what was answered, in the text format of Prometheus, for network administrators."""

from collections.abc import Callable
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.core import Core
from softlanding_schema.documents import Documents
from softlanding_schema.server.actors import actor_of
from softlanding_schema.server.answers import refusal
from softlanding_schema.server.cookies import Cookies

OTHER = "other"
_NAMES = 200
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counts and times operations. Names of operations are counted up to 200, then as `other`."""

    def __init__(self, documents: Documents) -> None:
        self.registry = CollectorRegistry()
        self._names: set[str] = set()
        self._operations = Counter(
            "softlanding_operations",
            "GraphQL operations answered, by name, by what answered, and whether with errors.",
            ["operation", "answered_by", "errors"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "softlanding_operation_seconds",
            "Time from the document to the answer.",
            ["answered_by"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        kept = Gauge(
            "softlanding_documents", "Documents that are kept parsed.", registry=self.registry
        )
        kept.set_function(lambda: len(documents))
        self._streams = Gauge(
            "softlanding_streams", "Operations that are followed now.", registry=self.registry
        )
        self._counter = lru_cache(maxsize=4 * _NAMES)(self._operations.labels)
        self._timer = lru_cache(maxsize=4)(self._seconds.labels)

    def watch_streams(self, count: Callable[[], int]) -> None:
        """Tell how many operations are followed."""
        self._streams.set_function(count)

    def count(self, name: str | None, answered_by: str, *, errors: bool, seconds: float) -> None:
        """Count one operation."""
        if name is None:
            name = ""
        elif name not in self._names:
            if len(self._names) < _NAMES:
                self._names.add(name)
            else:
                name = OTHER
        self._counter(name, answered_by, "true" if errors else "false").inc()
        self._timer(answered_by).observe(seconds)


class MetricsEndpoint:
    """Shows the metrics to network administrators."""

    def __init__(self, core: Core, metrics: Metrics, cookies: Cookies) -> None:
        self._core = core
        self._metrics = metrics
        self._cookies = cookies

    async def __call__(self, request: Request) -> Response:
        """Answer one request."""
        try:
            actor = await actor_of(self._core, self._cookies, dict(request.scope["headers"]))
        except Refused as refused:
            problem = refused.problems[0]
            status = {Code.UNAUTHENTICATED: 401, Code.FORBIDDEN: 403}.get(problem.code, 503)
            return refusal(problem, status=status)
        if not actor.is_admin:
            problem = Problem(
                code=Code.FORBIDDEN,
                message="Metrics are shown to network administrators.",
                hint="Send `Authorization: Bearer <token>` with a token of one.",
            )
            return refusal(problem, status=403)
        return Response(
            generate_latest(self._metrics.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4
        )
