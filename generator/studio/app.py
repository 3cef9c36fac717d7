"""The server of the studio: checks requests and answers them.

The page and its files are public. Everything else requires a token that is only in the URL which
the command printed, behind its `#`, so that no log and no other site sees it.
"""

from __future__ import annotations

import json
import re
import secrets
import socket
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.diagnostics import GeneratorError, UsageError, error
from generator.files import MB
from generator.look.fonts import FILES, file_of
from generator.readers import READERS
from generator.settings import TEMPLATES
from generator.strings import LANGUAGES, page_words
from generator.studio.session import Failed, Sessions

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST = 12 * MB
"""Maximum bytes of a list, a template or a logo."""
PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " font-src 'self'; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
STATIC = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Task(NamedTuple):
    """A task that the page can request from its process."""

    seconds: float
    fields: Mapping[str, type | tuple[type, ...]] = {}
    """The arguments and their types: in JSON, or in the URL if the body is a file."""
    suffixes: tuple[str, ...] = ()
    """The suffixes of the file in the body; none if the body is JSON."""


TASKS = {
    "sample": Task(60),
    "read": Task(120, {"name": str, "way": str}, tuple(READERS)),
    "keep": Task(30, {"name": str}, (*TEMPLATES, *PICTURES)),
    "original": Task(120),
    "work": Task(60, {"markdown": str, "name": str, "brand": dict, "change": (dict, NoneType)}),
    "show": Task(60, {"document": str}),
    "page": Task(30, {"document": str, "number": int, "pixels": int}),
    "take": Task(120, {"documents": list}),
    "save": Task(30),
}


class Guard:
    """Rejects requests from another site, for another name of this host, or without the token."""

    def __init__(self, app: ASGIApp, names: Sequence[str], token: str) -> None:
        self._app, self._names, self._token = app, names, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if refused := self._refusal(scope, headers):
            await Response(refused, 403, HEADERS)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                kept = [each for each in message["headers"] if each[0] != b"cache-control"]
                message["headers"] = kept + own
            await send(message)

        await self._app(scope, receive, with_headers)

    def _refusal(self, scope: Scope, headers: Headers) -> str:
        host = headers.get("host", "")
        name = urlsplit(f"//{host}").hostname or ""
        if name not in self._names:
            return "This host name is not served here: start with --name to allow it.\n"
        origin = headers.get("origin")
        if origin and urlsplit(origin).netloc != host:
            return "Another site may not ask here.\n"
        given = headers.get("x-studio-token", "")
        wanted = scope["path"].rpartition("/api/")[1]
        if wanted and not secrets.compare_digest(given.encode(), self._token.encode()):
            return "This needs the whole address that the command printed.\n"
        return ""


def application(
    names: Sequence[str] = LOOPBACK, token: str = "", sessions: Sessions | None = None
) -> ASGIApp:
    """Return the studio for hosts with these names."""
    kept = sessions or Sessions()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        kept.end_all()

    async def begin(_: Request) -> Response:
        return JSONResponse({"session": kept.begin()})

    async def stop(request: Request) -> Response:
        kept.end(_session(request))
        return JSONResponse({})

    async def share(request: Request) -> Response:
        return JSONResponse(kept.share(_session(request)))

    async def ask(request: Request) -> Response:
        name = request.path_params["task"]
        if name not in TASKS:
            raise HTTPException(404)
        given = await _arguments(request, TASKS[name])
        return _answered(await kept.ask(_session(request), name, given, TASKS[name].seconds))

    routes = [
        *(Route(path, _file) for path in ("/", "/static/{name}")),
        Route("/fonts/{name}", _font),
        Route("/words/{lang}", _words),
        *(Route(f"/api/{door.__name__}", door, methods=["POST"]) for door in (begin, stop, share)),
        Route("/api/{task}", ask, methods=["POST"]),
    ]
    failures: Any = {GeneratorError: _problems, Failed: _failed}
    return Guard(
        Starlette(routes=routes, lifespan=lifespan, exception_handlers=failures), names, token
    )


async def _file(request: Request) -> Response:
    name = request.path_params.get("name", "index.html")
    path = files(__package__) / "static" / name
    if not re.fullmatch(r"[a-z]+\.[a-z]+", name) or not path.is_file():
        raise HTTPException(404)
    return Response(path.read_bytes(), media_type=STATIC[Path(name).suffix])


async def _font(request: Request) -> Response:
    """Return one of the workbook's fonts."""
    name = request.path_params["name"].removesuffix(".ttf")
    if name not in FILES:
        raise HTTPException(404)
    return FileResponse(file_of(name), media_type="font/ttf")


async def _words(request: Request) -> Response:
    words, language = page_words(request.path_params["lang"])
    return JSONResponse({"lang": language, "words": words, "languages": LANGUAGES})


def _session(request: Request) -> str:
    return request.headers.get("x-studio-session", "")


async def _failed(_: Request, failed: Failed) -> Response:
    status = {"session": 410, "bug": 500}.get(failed.reason, 503)
    return JSONResponse({"failed": failed.reason}, status)


async def _problems(_: Request, problem: GeneratorError) -> Response:
    found = [{**asdict(each), "path": None} for each in problem.diagnostics]
    return JSONResponse({"problems": found}, 422)


def _answered(answer: Any) -> Response:
    """Return pictures and documents as bytes, anything else as JSON."""
    if isinstance(answer, bytes):
        return Response(answer, media_type="image/jpeg")
    if isinstance(answer, tuple):
        name, data = answer
        told = f"attachment; filename*=UTF-8''{quote(name)}"
        return Response(
            data, media_type="application/octet-stream", headers={"Content-Disposition": told}
        )
    return Response(json.dumps(answer, default=str), media_type="application/json")


async def _arguments(request: Request, task: Task) -> dict[str, Any]:
    """Return the arguments of a task. Raises UsageError for files that are too large or of another
    kind."""
    body = await _body(request)
    if not task.suffixes:
        try:
            loaded = json.loads(body or b"{}")
            found = {name: loaded.get(name) for name in task.fields}
        except (ValueError, AttributeError, RecursionError):
            raise HTTPException(400) from None
        if not all(isinstance(found[name], kind) for name, kind in task.fields.items()):
            raise HTTPException(400)
        return found
    given = {name: request.query_params.get(name, "")[:200] for name in task.fields}
    suffix = Path(given["name"]).suffix.lower()
    if suffix not in task.suffixes and "way" not in task.fields:
        hint = f"use {', '.join(task.suffixes)}"
        raise UsageError([error(f"files of the kind '{suffix}' are not accepted", hint=hint)])
    return {**given, "data": body}


async def _body(request: Request) -> bytes:
    """Return the body. Raises UsageError as soon as it is too large."""
    made = bytearray()
    try:
        async for chunk in request.stream():
            made += chunk
            if len(made) > LARGEST:
                hint = "keep only the questions in it, without pictures"
                message = f"this is larger than {LARGEST // MB} MB"
                raise UsageError([error(message, hint=hint)])
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(made)


def serve(
    host: str, ports: Sequence[int], names: Sequence[str], browser: bool, say: Callable[[str], None]
) -> None:
    """Serve at the first free port until stopped. Raises UsageError if none is free."""
    token = secrets.token_urlsafe(24)
    listening = _listening(host, ports)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/#{token}"
    say(f"The studio is open at {address}")
    say("To close it, press Ctrl and C here.")
    if browser:
        webbrowser.open(address)
    app = application((*LOOPBACK, host, *names), token)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run([listening])


def _listening(host: str, ports: Sequence[int]) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in ports:
        try:
            return socket.create_server((host, port), family=family)
        except (OSError, OverflowError) as problem:
            reason = problem
    hint = "give another with --port or --host"
    raise UsageError([error(f"cannot listen on {host}, port {port}: {reason}", hint=hint)])
