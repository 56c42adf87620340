"""Traces by OpenTelemetry, where a collector is named: a span for each request, and one for each step of a job, under the request that
ordered it, on whatever machine.

    begin(settings)                                  once per process; nothing is loaded where OTEL_EXPORTER_OTLP_ENDPOINT is empty
    with span("step film", job=id): …                 costs nothing where nobody asked for traces
    parent()                                          goes along with a job in the log's fields, as `trace`

What a span may hold: ids, routes, states. Never a prompt, a token or a file's name. It knows no jobs and no HTTP.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from studio.errors import StoreError
from studio.settings import Settings

MISSING = (
    "Traces need packages that are not installed: python -m pip install -r requirements-traces.txt, or clear OTEL_EXPORTER_OTLP_ENDPOINT."
)
SERVICE = "ad-studio"

_tracer: Any = None
_provider: Any = None


def begin(settings: Settings) -> None:
    """Tell the collector from now on. Raises StoreError where what that needs is not installed."""
    global _tracer, _provider
    if not settings.otel_exporter_otlp_endpoint or _tracer is not None:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise StoreError(MISSING) from error
    address = f"{settings.otel_exporter_otlp_endpoint.rstrip('/')}/v1/traces"
    _provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address, timeout=5)))
    _tracer = _provider.get_tracer("studio")


def end() -> None:
    """Hand over what was not told yet, and tell no more."""
    global _tracer, _provider
    if _provider is not None:
        _provider.shutdown()
    _tracer = _provider = None


@contextmanager
def span(name: str, *, under: str = "", **told: str) -> Iterator[Any]:
    """What happens inside, as a span; gives it, None where there are no traces. under: a `parent` from elsewhere."""
    if _tracer is None:
        yield None
        return
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    context = TraceContextTextMapPropagator().extract({"traceparent": under}) if under else None
    with _tracer.start_as_current_span(name, context=context, attributes=told, record_exception=False) as opened:
        yield opened


def parent() -> str:
    """The span that is open here, for `under` elsewhere; "" for none."""
    if _tracer is None:
        return ""
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get("traceparent", "")
