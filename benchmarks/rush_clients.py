"""Many clients at once over kept connections, in a process of their own: volleys, and a long rush."""

import json
import selectors
import socket
import time
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from random import Random

RECEIVE = 1 << 16
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request went."""

    status: int
    seconds: float
    body: bytes = b""


@dataclass(slots=True)
class Line:
    """A kept connection with its request on the way."""

    socket: socket.socket
    buffer: bytes = b""
    asked: float = 0.0
    about: tuple[int, int, int] = (0, 0, 0)

    def ask(self, request: bytes) -> None:
        """Send a request and start the clock."""
        self.buffer, self.asked = b"", time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> Answer | None:
        """Read what came; returns the answer once it is whole."""
        received = self.socket.recv(RECEIVE)
        if not received:
            return Answer(0, time.perf_counter() - self.asked)
        self.buffer += received
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        return Answer(int(head[9:12]), time.perf_counter() - self.asked, body)


@dataclass(slots=True)
class Rush:
    """The wishes of many enterprises: each takes a booth that it believes to be free, fair after fair.

    Who was refused tries another booth, until it has one.
    """

    fairs: Sequence[tuple[int, Sequence[int]]]
    secrets: Sequence[str]
    random: Random
    free: list[list[int]] = field(init=False)
    order: Iterator[tuple[int, int]] = field(init=False)
    again: deque[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        """Believe every booth to be free."""
        self.free = [list(booths) for _, booths in self.fairs]
        self.order = product(range(len(self.fairs)), range(len(self.secrets)))
        self.again = deque()

    def next(self) -> tuple[bytes, tuple[int, int, int]] | None:
        """Return the next request and what it is about: fair, booth, enterprise; None when all have one."""
        wish = self.again.popleft() if self.again else next(self.order, None)
        if wish is None:
            return None
        fair, client = wish
        believed = self.free[fair] or self.fairs[fair][1]
        booth = believed[self.random.randrange(len(believed))]
        event_id = self.fairs[fair][0]
        body = {"event_id": event_id, "booth_ids": [booth]}
        return post("/api/v1/bookings", body, self.secrets[client]), (fair, booth, client)

    def learn(self, about: tuple[int, int, int], status: int) -> None:
        """Remember that a booth is taken, and by whom it was not had."""
        fair, booth, client = about
        if status in {201, 409} and booth in self.free[fair]:
            self.free[fair].remove(booth)
        if status in {409, 429}:
            self.again.append((fair, client))


def post(path: str, body: object, secret: str, key: str = "") -> bytes:
    """Return a request of a program, with a key of its own."""
    text = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {secret}\r\nIdempotency-Key: {key or uuid.uuid4().hex}\r\n"
        f"Content-Length: {len(text)}\r\n\r\n"
    )
    return head.encode() + text


def volley(port: int, requests: Sequence[bytes]) -> list[Answer]:
    """Send all requests at one moment, each over a connection that is open already."""
    lines = [Line(socket.create_connection(("127.0.0.1", port))) for _ in requests]
    selector = selectors.DefaultSelector()
    for line in lines:
        selector.register(line.socket, selectors.EVENT_READ, line)
    for line, request in zip(lines, requests, strict=True):
        line.ask(request)
    found: list[Answer] = []
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while len(found) < len(lines) and time.perf_counter() < deadline:
        for key, _ in selector.select(0.1):
            answer = key.data.read()
            if answer:
                found.append(answer)
                selector.unregister(key.data.socket)
    for line in lines:
        line.socket.close()
    return found + [Answer(0, PATIENCE_SECONDS)] * (len(lines) - len(found))


def rush(  # noqa: PLR0913 — a rush is all of this
    port: int,
    fairs: Sequence[tuple[int, Sequence[int]]],
    secrets: Sequence[str],
    *,
    clients: int,
    seconds: float,
    seed: int = 1,
) -> list[tuple[float, int, float]]:
    """Let clients book without a pause for some seconds, or until all is full; returns when each answer came,
    its status and how long it took.
    """
    wishes, selector = Rush(fairs, secrets, Random(seed)), selectors.DefaultSelector()  # noqa: S311
    for _ in range(clients):
        line = Line(socket.create_connection(("127.0.0.1", port)))
        selector.register(line.socket, selectors.EVENT_READ, line)
    begun = time.perf_counter()
    idle: list[Line] = [key.data for key in selector.get_map().values() if not _ask(key.data, wishes)]
    found: list[tuple[float, int, float]] = []
    while time.perf_counter() < begun + seconds and len(idle) < clients:
        for key, _ in selector.select(0.1):
            line = key.data
            answer = line.read()
            if answer is None:
                continue
            found.append((time.perf_counter() - begun, answer.status, answer.seconds))
            wishes.learn(line.about, answer.status)
            if answer.status == 0:
                selector.unregister(line.socket)
                line = Line(socket.create_connection(("127.0.0.1", port)))
                selector.register(line.socket, selectors.EVENT_READ, line)
            idle.append(line)
            idle = [line for line in idle if not _ask(line, wishes)]
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return found


def _ask(line: Line, wishes: Rush) -> bool:
    """Send the next request over a line; tell whether there is one."""
    wish = wishes.next()
    if wish is None:
        return False
    request, line.about = wish
    line.ask(request)
    return True


def _length(head: bytes) -> int:
    for entry in head.split(b"\r\n")[1:]:
        name, _, value = entry.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
