"""What every form of this room is: fields, and how the page lays them out."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms


class Asking(forms.Form):
    """One subject. `options` are the field macro's own by field; `reveals` says which answer shows which fields."""

    options: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    is_strict: ClassVar[bool] = True  # a caller on the telephone may not know what a professional must write
    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def shown(self) -> tuple[str, ...]:
        """The fields in order, without those that another answer reveals."""
        revealed = {name for answers in self.reveals.values() for names in answers.values() for name in names}
        return tuple(name for name in self.fields if name not in revealed)

    def layout(self, name: str) -> dict[str, Any]:
        """The options with which the macro draws a field."""
        return {"reveals": self.reveals.get(name, {}), **self.options.get(name, {})}

    def is_answered(self, names: Iterable[str]) -> bool:
        """Whether anything has been typed in one of these fields."""
        return any(self[name].value() not in (None, "", [], "not_known") for name in names)

    def need(self, name: str, says: str) -> None:
        """In `clean`: a field that another answer makes compulsory was left empty."""
        if self.is_strict and not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, says)
