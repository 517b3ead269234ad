"""Tests of what a watcher sees: figures of all processes, health, and logs that tell nothing of people."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.folders import counting_folder
from scheduler.logs import configure
from scheduler.services.beats import beat
from tests.support.packages import ROOT
from tests.web.api.programs import Program, token_of
from tests.web.conftest import settings_for, site_of
from tests.web.organizers import add_world

TOKEN = "a token for the watcher"
ASKED = 40


def test_there_are_no_figures_without_the_setting(client: FlaskClient) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer wrong", f"Basic {TOKEN}"])
def test_figures_are_only_for_who_knows_the_token(
    site_engine: Engine, sqlite_url: str, tmp_path: Path, sent: str
) -> None:
    watched = site_of(settings_for(sqlite_url, tmp_path, metrics_token=TOKEN), site_engine).test_client()
    assert watched.get("/metrics", headers={"Authorization": sent}).status_code == 404
    assert watched.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_watcher_sees_when_the_worker_ticked_last(client: FlaskClient, site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        beat(session, name="here")
        beat(session, name="here")
    answer = client.get("/healthz").json
    assert answer is not None
    assert 0 <= answer["worker_age_seconds"] < 60


def test_two_processes_of_one_server_count_together(sqlite_url: str, tmp_path: Path) -> None:
    settings = {
        "DATABASE_URL": sqlite_url,
        "FAIR_DATA_DIR": str(tmp_path),
        "METRICS_TOKEN": TOKEN,
        "SECRET_KEY": "a secret of forty characters for the tests",
    }
    command = [str(Path(sys.executable).with_name("gunicorn")), "wsgi:app", "--workers", "2"]
    command += ["--bind", "127.0.0.1:0", "--no-control-socket"]
    environment = {**os.environ, **settings}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as server:  # noqa: S603
        try:
            address = _address(server)
            for _ in range(ASKED):
                _read(f"{address}/healthz")
            counted = {_count(_read(f"{address}/metrics")) for _ in range(10)}
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate()
    assert counted == {ASKED}


def test_what_dead_servers_counted_is_swept_away(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    for name in (str(ended.pid), str(os.getpid()), "notes"):
        (tmp_path / "metrics" / name).mkdir(parents=True)
    own = counting_folder(tmp_path, process_id=os.getppid())
    kept = {str(os.getpid()), str(os.getppid()), "notes"}
    assert {folder.name for folder in own.parent.iterdir()} == kept


def _address(server: subprocess.Popen[bytes]) -> str:
    assert server.stderr is not None
    lines = iter(server.stderr.readline, b"")
    found = next(found for line in lines if (found := re.search(rb"http://127\.0\.0\.1:\d+", line)))
    address = found[0].decode()
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            _read(f"{address}/metrics")
        except OSError:  # not listening yet, or still loading
            time.sleep(0.1)
        else:
            return address
    raise AssertionError("the server does not answer")


def _read(address: str) -> str:
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {TOKEN}"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return str(answer.read().decode())


def _count(figures: str) -> int:
    found = re.search(r'fair_requests_total\{[^}]*route="health.healthz"[^}]*\} (\d+)', figures)
    assert found is not None, figures
    return int(found[1])


def test_logs_are_json_without_secrets_or_what_people_typed(
    app: Flask, site_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(as_json=True)
    try:
        add_world(site_engine)
        secret = token_of(site_engine, "city-planner")
        client = app.test_client()
        Program(client, secret).read("/venues?quarter=2027Q1&q=张三13800138000")
        client.post("/sign-in", data={"login": "canary-login", "password": "canary-password"})
        logging.getLogger("web").warning("somebody wrote %s", secret)
    finally:
        logging.basicConfig(force=True, handlers=[logging.NullHandler()], level=logging.WARNING)
    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    assert {"request_id", "route", "status", "level", "timestamp"} <= set(lines[0])
    for canary in (secret, "张三", "13800138000", "canary-login", "canary-password"):
        assert canary not in written
    assert "somebody wrote ***" in written


def test_an_answer_names_its_log_lines(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.json is not None
    assert answer.headers["X-Request-Id"] == answer.json["request_id"]
