"""A small web server for the gallery, so that a browser can look at it without any route of ours leading there."""

import mimetypes
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.contrib.messages import get_messages, success
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from openmash.design import views
from openmash.design.gallery import CHROME, gallery
from openmash.design.page import refuse_rows, render

STATIC = Path(__file__).parent.parent / "static"
MISTAKES = (
    "planted-day=3&planted-year=19&how=phone&kinds=other&at=late&plants-number=0"
    "&plants-0-since-day=40&plants-0-since-month=May&plants-0-since-year=2020"
)
WRONG = {
    "400": views.not_understood,
    "403": views.form_refused,
    "404": views.not_found,
    "500": views.broken,
    "503": views.not_saved,
}
POLICY = "; ".join(" ".join([name, *values]) for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items())


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@dataclass
class Served:
    """Where the gallery is, and what was sent to it."""

    address: str = ""
    sent: list[tuple[str, QueryDict]] = field(default_factory=list)
    broken: bool = False

    def answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        response = self.respond(WSGIRequest(environ))
        headers = [*response.items(), ("Content-Security-Policy", POLICY)]
        start(f"{response.status_code} {response.reason_phrase}", headers)
        return [response.content]

    def respond(self, request: HttpRequest) -> HttpResponse:
        """One page of the gallery, a file, or what became of a form."""
        request._messages = CookieStorage(request)
        if request.path.startswith("/static/"):
            return _file(request.path.removeprefix("/static/"))
        if request.path == "/known/":
            return HttpResponse("<p>One report at this address</p>")
        if request.method == "POST":
            self.sent.append((request.path, request.POST))
            return HttpResponse(status=500 if self.broken else 204)
        name, _, wrong = request.path.strip("/").partition("-")
        if name in WRONG:
            return WRONG[name](_posted() if name == "503" else request)
        if self.broken:
            return HttpResponse(status=503)
        if name == "record":
            success(request, "The report is rated red")
        value = gallery(QueryDict(MISTAKES) if wrong else None)
        refuse_rows(value)
        return HttpResponse(render(request, f"design/gallery/{name}.html", value, CHROME, get_messages(request)))


@contextmanager
def serve() -> Iterator[Served]:
    served = Served()
    with make_server("127.0.0.1", 0, served.answer, server_class=Threads, handler_class=Quiet) as server:
        served.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield served
        server.shutdown()


def _posted() -> HttpRequest:
    request = RequestFactory().post("/reports/new/", {"what": "A hedge\nover the path", "password": "secret words"})
    request._messages = CookieStorage(request)
    return request


def _file(name: str) -> HttpResponse:
    path = STATIC / name
    if not path.is_file():
        return HttpResponse(status=404)
    return HttpResponse(path.read_bytes(), content_type=mimetypes.guess_type(name)[0] or "text/plain")
