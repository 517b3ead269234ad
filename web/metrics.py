"""Figures for Prometheus: requests by route and status of all processes, and how the site stands now."""

import hmac
import time
from collections.abc import Iterator
from os import environ

from flask import Blueprint, Flask, Response, abort, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from scheduler.queries.health import Health, health
from web.policy import policy, visitor
from web.site import reader, settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5)
REQUESTS = Counter("fair_requests", "Requests answered.", ["route", "method", "status"], registry=None)
SECONDS = Histogram("fair_request_seconds", "Time to answer.", ["route"], buckets=BUCKETS, registry=None)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

blueprint = Blueprint("metrics", __name__)


class SiteCollector:
    """Reads how the site stands whenever it is asked."""

    def __init__(self, found: Health) -> None:
        """Show what was found."""
        self._found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield one gauge a figure."""
        found = self._found
        age = found.worker_age_seconds
        figures = {
            "fair_database_up": ("Whether the database answers.", 1),
            "fair_publication": ("Version of the public schedule.", found.publication or 0),
            "fair_worker_tick_age_seconds": ("Since the worker's clock ticked.", -1 if age is None else age),
            "fair_runs_queued": ("Plan runs that wait.", found.runs_queued),
            "fair_runs_running": ("Plan runs being carried.", found.runs_running),
            "fair_messages_waiting": ("Letters that wait.", found.messages.waiting),
            "fair_messages_lag_seconds": ("Since the first letter is due.", found.messages.lag_seconds),
            "fair_messages_given_up": ("Letters that could not be sent.", found.messages.given_up),
            "fair_deliveries_waiting": ("Webhook deliveries that wait.", found.deliveries.waiting),
            "fair_deliveries_lag_seconds": ("Since the first is due.", found.deliveries.lag_seconds),
            "fair_deliveries_given_up": ("Deliveries that could not be sent.", found.deliveries.given_up),
            "fair_sweeping_late_seconds": ("Since the latest rule is due.", found.swept.late_seconds),
        }
        for name, (text, value) in figures.items():
            yield GaugeMetricFamily(name, text, value=value)
        swept = GaugeMetricFamily("fair_swept_rows", "Rows erased when their time was over.", labels=["rule"])
        for rule, rows in found.swept.rows.items():
            swept.add_metric([rule], rows)
        yield swept


def install(app: Flask) -> None:
    """Count every request; it is installed before what answers early, so nothing escapes it."""
    app.before_request(_begin)
    app.after_request(_count)


@blueprint.get("/metrics")
@policy(visitor)
def metrics() -> Response:
    """Answer the figures to who knows METRICS_TOKEN; without that setting there is nothing here."""
    token, sent = settings().metrics_token, request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
        abort(404)
    registry = CollectorRegistry()
    if FOLDER in environ:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    registry.register(SiteCollector(health(reader())))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _begin() -> None:
    g.counted_from = time.monotonic()


def _count(response: Response) -> Response:
    route = request.endpoint or "none"  # never the address: it would make a series of each one typed
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(route, method, str(response.status_code)).inc()
    if "counted_from" in g:
        SECONDS.labels(route).observe(time.monotonic() - g.counted_from)
    return response
