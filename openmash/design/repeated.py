"""The "add another" pattern: several of one small form on a page, without JavaScript."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms

F = TypeVar("F", bound=forms.Form)


def kept(form_class: type[F], data: Mapping[str, Any], **options: Any) -> F:
    """An unbound form that shows what was typed in `data`, without complaint: for "add another" and for drafts."""
    empty = form_class(**options)
    typed = {
        name: asked.widget.value_from_datadict(data, {}, empty.add_prefix(name))
        for name, asked in empty.fields.items()
        if not asked.widget.value_omitted_from_data(data, {}, empty.add_prefix(name))
    }
    return form_class(**options | {"initial": {**(options.get("initial") or {}), **typed}})


class Repeated(Generic[F]):
    """Several `form_class`, each with its own number, which it keeps when another is removed.

    Give `data=request.POST` on a POST. When `changing` is true the person pressed "Add another" or "Remove": show
    the page again (nothing is checked then, and all that was typed is kept). Otherwise ask `is_valid()` and read
    `cleaned_data`, which leaves out forms that were left empty, down to `least`. With `quiet`, what was typed in
    `data` is only shown again, without complaint: for drafts.
    """

    def __init__(
        self,
        form_class: type[F],
        *,
        prefix: str,
        data: Mapping[str, Any] | None = None,
        initial: Sequence[Mapping[str, Any]] = (),
        least: int = 1,
        most: int = 20,
        one: str = "",
        quiet: bool = False,
    ) -> None:
        self.form_class, self.prefix, self.least, self.most = form_class, prefix, least, most
        self.quiet = quiet
        self.one = one or prefix.replace("_", " ").rstrip("s")
        self.data = data
        self.errors: tuple[str, ...] = ()
        self.numbers = self._read_numbers(initial)
        self.changing = self._change()
        self.forms: list[F] = [self._form(number, place, initial) for place, number in enumerate(self.numbers)]

    def __iter__(self) -> Iterator[F]:
        return iter(self.forms)

    @property
    def index_name(self) -> str:
        """The name of the hidden inputs that say which numbers are on the page."""
        return f"{self.prefix}-number"

    @property
    def add_id(self) -> str:
        return f"id_{self.prefix}-add"

    @property
    def can_add(self) -> bool:
        return len(self.numbers) < self.most

    @property
    def can_remove(self) -> bool:
        return len(self.numbers) > self.least

    def is_valid(self) -> bool:
        """Whether every form that was filled in is right, and the first `least` of all."""
        if self.data is None or self.changing or self.quiet:
            return False
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def cleaned_data(self) -> list[dict[str, Any]]:
        """The answers of each form that has any."""
        return [form.cleaned_data for form in self.forms if form.has_changed() or not form.empty_permitted]

    def _read_numbers(self, initial: Sequence[Mapping[str, Any]]) -> list[int]:
        if self.data is None:
            return list(range(max(self.least, len(initial))))
        getlist = getattr(self.data, "getlist", None)
        sent = getlist(self.index_name) if getlist else self.data.get(self.index_name, [])
        numbers = [int(number) for number in sent if re.fullmatch(r"\d{1,4}", str(number))]
        numbers = list(dict.fromkeys(numbers))[: self.most]
        while len(numbers) < self.least:
            numbers.append(max(numbers, default=-1) + 1)
        return numbers

    def _change(self) -> bool:
        if self.data is None:
            return False
        if self.data.get("add") == self.prefix:
            if self.can_add:
                self.numbers.append(max(self.numbers, default=-1) + 1)
            return True
        removed = re.fullmatch(rf"{re.escape(self.prefix)}-(\d{{1,4}})", str(self.data.get("remove", "")))
        if removed and self.can_remove and int(removed[1]) in self.numbers:
            self.numbers.remove(int(removed[1]))
        return removed is not None

    def _form(self, number: int, place: int, initial: Sequence[Mapping[str, Any]]) -> F:
        prefix = f"{self.prefix}-{number}"
        start = dict(initial[place]) if place < len(initial) else None
        if self.data is None:
            return self.form_class(prefix=prefix, initial=start)
        if self.quiet or self.data.get("add") is not None or self.data.get("remove") is not None:
            return kept(self.form_class, self.data, prefix=prefix)
        spare = place >= self.least
        return self.form_class(self.data, prefix=prefix, empty_permitted=spare, use_required_attribute=False)
