"""A studio that runs as its users run it: the command, in a process of its own."""

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Studio:
    """The command, and a person at its page."""

    port: int = 0
    session: str = ""
    token: str = ""
    process: Any = field(default=None, repr=False)

    def start(self) -> "Studio":
        command = [sys.executable, "-m", "generator", "studio", "--no-browser"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        line = self.process.stdout.readline()
        port, self.token = re.search(r":(\d+)/#(\S+)", line).groups()
        self.port = int(port)
        return self

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/#{self.token}"

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data

    def own(self) -> dict[str, str]:
        return {"X-Studio-Token": self.token, "X-Studio-Session": self.session}

    def begin(self) -> "Studio":
        """Somebody else at the page."""
        status, _, body = self.send("POST", "/api/begin", headers=self.own())
        assert status == 200
        return Studio(self.port, json.loads(body)["session"], self.token)

    def ask(self, task: str, **given: Any) -> tuple[int, Any]:
        body = json.dumps(given).encode()
        status, headers, data = self.send("POST", f"/api/{task}", body, self.own())
        is_json = headers["content-type"] == "application/json"
        return status, json.loads(data) if is_json else data

    def bring(self, task: str, name: str, data: bytes) -> tuple[int, Any]:
        path = f"/api/{task}?name={quote(name)}"
        status, _, body = self.send("POST", path, data, self.own())
        return status, json.loads(body)


@contextmanager
def running() -> Iterator[Studio]:
    made = Studio().start()
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def proxied(studio: Studio, folder: str) -> Iterator[str]:
    """The address of a studio behind a reverse proxy, which has it in a folder of its site."""

    class Proxy(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            if not self.path.startswith(f"/{folder}/"):
                self.send_error(404)
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.removeprefix(f"/{folder}")
            status, headers, data = studio.send(self.command, path, body, dict(self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = pass_on

        def log_message(self, *_: Any) -> None:
            """Nothing is said of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{folder}/#{studio.token}"
    finally:
        server.shutdown()
        server.server_close()
