"""The doors for machines: one NinjaAPI, each route with its audience, and nothing else under /api/."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.operation import PathView

from openmash.agencies.scopes import SCOPES
from openmash.api import cases, deliveries, enquiries, notifications, releases, requests
from openmash.api.problems import JSON, PROBLEM, problem, tell_problems


class Doors(NinjaAPI):
    def get_openapi_schema(self, **given: Any) -> Any:
        """With problems under their own type, which the library has no word for."""
        schema = super().get_openapi_schema(**given)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and JSON in response.get("content", {}):
                        response["content"] = {PROBLEM: response["content"][JSON]}
        return schema


api = Doors(
    title="openmash",
    version="1",
    description="The hub for other systems: the same acts, the same rules and the same ledger as its pages.",
    docs_url=None,
    urls_namespace="api",
)
tell_problems(api)
for room in (enquiries, notifications, cases, requests, releases, deliveries):
    api.add_router("", room.router)


def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else is asked for under /api/."""
    return problem(404)


nothing.audience, nothing.policy = "Anyone", ""  # type: ignore[attr-defined]
nothing.csrf_exempt = True  # type: ignore[attr-defined]


def _say_whom(patterns: list[URLPattern]) -> None:
    """Each view of the library is told who it is for: the census of routes asks."""
    for pattern in patterns:
        view = pattern.callback
        held = [
            cell.cell_contents
            for cell in getattr(view, "__closure__", None) or ()
            if isinstance(cell.cell_contents, PathView)
        ]
        operations = held[0].operations if held else []
        scopes = dict.fromkeys(auth.scope for one in operations for auth in one.auth_callbacks)
        view.audience = "; ".join(f"A system whose token is for: {_says(scope)}" for scope in scopes) or "Anyone"
        view.policy = " or ".join(f"has the scope {scope}" if scope else "has a token" for scope in scopes)
        view.methods = tuple(method for one in operations for method in one.methods) or ("GET",)


def _says(scope: str) -> str:
    return SCOPES[scope].says if scope else "anything that was sent over the limit of calls"


_doors = api.urls
_say_whom(_doors[0])
urlpatterns = [path("v1/", _doors), re_path(r"^(?P<rest>.*)$", nothing)]
