"""The Jinja2 environment of every page: strict, escaped, with the GOV.UK macros to hand."""

from collections.abc import MutableMapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined, Template, Undefined

from openmash.design import moments
from openmash.design.forms import describe, problems

GOVUK = "govuk_frontend_jinja"


class Pages(Environment):
    """Our own templates, where a missing name is an error, beside the GOV.UK macros, which rely on missing names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.govuk = Environment(
            loader=PrefixLoader({GOVUK: PackageLoader(GOVUK)}),
            autoescape=True,
            undefined=Undefined,
            auto_reload=False,
        )
        # One shared dictionary: Jinja keeps an imported module only while both sides have the same globals.
        self.govuk.globals = self.globals

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja names it so
    ) -> Template:
        if isinstance(name, str) and name.startswith(GOVUK):
            return self.govuk.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


def environment(**options: Any) -> Environment:
    """For `OPTIONS["environment"]` of Django's Jinja2 backend."""
    options |= {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    pages = Pages(**options)
    pages.globals.update(
        url=url,
        static=static,
        describe=describe,
        problems=problems,
    )
    pages.filters.update(
        day=moments.day,
        time=moments.time,
        moment=moments.moment,
        short_moment=moments.short_moment,
        span=moments.span,
        ago=moments.ago,
        until=moments.until,
    )
    return pages


def url(name: str, *args: object, **kwargs: object) -> str:
    """`url("desk:enquiry", reference="E-1")`: the address of a named route."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
