"""Every route with its audience: for `mash routes`, the generated reference, and the house tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# The libraries' own doors, with who they are for.
_LIBRARIES = {"allauth": "Anyone"}


@dataclass(frozen=True)
class Route:
    path: str
    name: str
    methods: tuple[str, ...]
    audience: str
    policy: str
    view: str


def routes() -> tuple[Route, ...]:
    """Every route of the system, in order of its path."""
    return tuple(sorted(_walk(get_resolver(), "/", ""), key=lambda route: route.path))


def _walk(resolver: URLResolver, above: str, space: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield _route(pattern, path, space)


def methods_of(view: Callable[..., object]) -> tuple[str, ...]:
    """What a view answers to: as it says itself, or as `require_POST` and its like do in their closure; else both."""
    if said := getattr(view, "methods", ()):
        return tuple(said)
    for cell in getattr(view, "__closure__", None) or ():
        if isinstance(cell.cell_contents, list) and all(isinstance(one, str) for one in cell.cell_contents):
            return tuple(cell.cell_contents)
    inner = getattr(view, "__wrapped__", None)
    return methods_of(inner) if inner else ("GET", "POST")


def _route(pattern: URLPattern, path: str, space: str) -> Route:
    view = pattern.callback
    module = getattr(view, "__module__", "")
    audience = getattr(view, "audience", "") or _LIBRARIES.get(module.split(".")[0], "")
    methods = methods_of(view)
    name = getattr(view, "__name__", type(view).__name__)
    return Route(
        path, f"{space}{pattern.name or ''}", tuple(methods), audience, getattr(view, "policy", ""), f"{module}.{name}"
    )
