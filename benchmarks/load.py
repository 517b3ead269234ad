"""Asks one address again and again over kept connections, in a process of its own, and times it."""

import selectors
import socket
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

CONNECTIONS = 32
RECEIVE = 1 << 18


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: answers a second and milliseconds an answer; `octets` with the head."""

    status: int
    octets: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


@dataclass(slots=True)
class Line:
    """One kept connection and its question on the way."""

    socket: socket.socket
    received: int = 0
    asked: float = field(default=0.0)

    def ask(self, question: bytes) -> None:
        """Send the question and start the clock."""
        self.received, self.asked = 0, time.perf_counter()
        self.socket.sendall(question)


def load(
    port: int, path: str, headers: dict[str, str], seconds: float, *, connections: int = CONNECTIONS
) -> Load:
    """Drive a server on this machine for some seconds; every answer must have the first one's length."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {headers[name]}" for name in headers)]
    question = "\r\n".join([*lines, "", ""]).encode()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as generator:
        return generator.submit(_drive, port, question, seconds, connections).result()


def _drive(port: int, question: bytes, seconds: float, connections: int) -> Load:
    status, octets = _first_answer(port, question)
    _answers(port, question, octets, 1.0, connections)  # warm up
    begun = time.perf_counter()
    times = sorted(_answers(port, question, octets, seconds, connections))
    rate = len(times) / (time.perf_counter() - begun)
    p50, p95, p99 = (times[len(times) * share // 100] * 1000 for share in (50, 95, 99))
    return Load(status, octets, rate, p50, p95, p99)


def _first_answer(port: int, question: bytes) -> tuple[int, int]:
    """Return the status and the length of an answer, head and body."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(question)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(RECEIVE)
    head = answer.partition(b"\r\n\r\n")[0].decode().lower()
    lengths = [line.split(":")[1] for line in head.split("\r\n") if line.startswith("content-length:")]
    status = int(head.split()[1])
    body = int(lengths[0]) if lengths and status == 200 else 0  # noqa: PLR2004
    return status, len(head) + 4 + body


def _answers(port: int, question: bytes, octets: int, seconds: float, connections: int) -> list[float]:
    """Return the seconds of every answer that came before the time was over."""
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        line = Line(socket.create_connection(("127.0.0.1", port)))
        selector.register(line.socket, selectors.EVENT_READ, line)
        line.ask(question)
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(0.1):
            _read(key.data, question, octets, times)
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return times


def _read(line: Line, question: bytes, octets: int, times: list[float]) -> None:
    received = len(line.socket.recv(RECEIVE))
    if received == 0:
        raise ConnectionError("the server closed a kept connection")
    line.received += received
    if line.received >= octets:
        times.append(time.perf_counter() - line.asked)
        line.ask(question)
