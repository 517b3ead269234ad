"""A receiver of webhooks in a process of its own: writes down what it gets and answers by the address.

`python -m tests.support.receiver LOG` prints its port. /ok answers 204, /fail 500, /moved a redirect to
/ok, and /late never answers the first request: it waits until the asker is gone.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

STATUS = {"/ok": 204, "/fail": 500, "/moved": 302, "/late": 204}


class Handler(BaseHTTPRequestHandler):
    """Writes each request down before it answers."""

    log: Path
    seen = 0

    def do_POST(self) -> None:
        """Take a delivery."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with self.log.open("a") as file:
            print(json.dumps({"path": self.path, "headers": dict(self.headers), "body": body}), file=file)
        type(self).seen += 1
        if self.path == "/late" and self.seen == 1:
            self.connection.recv(1)
            self.close_connection = True
            return
        self.send_response(STATUS.get(self.path, 404))
        self.send_header("Location", "/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A running receiver: its host with port, and what it has got."""

    host: str
    log: Path

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host}{path}"

    def got(self) -> list[dict[str, Any]]:
        """Return the requests that came in, oldest first."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


@contextmanager
def receiving(log: Path) -> Iterator[Receiver]:
    """Run a receiver until the block ends."""
    command = [sys.executable, "-m", "tests.support.receiver", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Receiver(f"127.0.0.1:{process.stdout.readline().strip()}", log)
        finally:
            process.kill()


def main() -> None:
    """Serve until killed."""
    Handler.log = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
