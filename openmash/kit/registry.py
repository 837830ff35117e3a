"""A shelf of one-file things: a new thing is a new file, and there is no list to keep."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Generic, Protocol, TypeVar


class Keyed(Protocol):
    """What may stand on a shelf: anything with a key.

    It may also have an `order` (a number, lowest first) and be `retired`: kept, so that old
    records still mean something, but no longer offered.
    """

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Shelf(Generic[T]):
    """The things that the modules of a package define, one each, under one upper-case name.

    Shelf[Return]("openmash.gathering.returns", "RETURN") reads each module directly in that
    package (not its sub-packages) once, when something is first asked of it. It raises ValueError
    when a module does not define the name, or two define the same key.
    """

    def __init__(self, package: str, name: str) -> None:
        self.package = package
        self.name = name

    def all(self) -> tuple[T, ...]:
        """What is on offer, in order, then by key."""
        offered = (thing for thing in self._things.values() if not getattr(thing, "retired", False))
        return tuple(sorted(offered, key=lambda thing: (getattr(thing, "order", 0), thing.key)))

    def get(self, key: str) -> T:
        """The thing with this key, retired or not. KeyError, naming the known keys, if none."""
        if key not in self._things:
            known = ", ".join(sorted(self._things))
            raise KeyError(f"{self.package} has no {self.name} with the key {key!r}; it has {known}")
        return self._things[key]

    @cached_property
    def _things(self) -> dict[str, T]:
        things: dict[str, T] = {}
        for module in iter_modules(import_module(self.package).__path__, f"{self.package}."):
            if not module.ispkg:
                thing = self._defined_in(module.name)
                if thing.key in things:
                    raise ValueError(f"{module.name} uses the key {thing.key!r}, which is taken.")
                things[thing.key] = thing
        return things

    def _defined_in(self, module: str) -> T:
        found: T | None = getattr(import_module(module), self.name, None)
        if found is None:
            raise ValueError(f"{module} has to define {self.name}.")
        return found
