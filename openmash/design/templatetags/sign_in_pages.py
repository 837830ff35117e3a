"""Lets the Django templates of django-allauth stand inside our own layout and draw their forms with our own macros."""

from django import forms, template
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from openmash.design.page import chrome, render

register = template.Library()

LABELS = {
    "login": "Email address",
    "email": "Email address",
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "New password again",
    "remember": "Keep me signed in on this device",
    "code": "Code",
    "name": "Name of this passkey",
    "passwordless": "Sign me in with this passkey alone, without a password",
}
HINTS = {
    "password": "",  # the library's is a link that the page has in its own words
    "oldpassword": "",
    "name": "For example, Work laptop",
    "passwordless": "Your device then asks for your fingerprint, face or PIN each time",
}


@register.simple_block_tag
def words(content: SafeString) -> str:
    """What stands between the tags, without the white space around it: `{% words as title %}…{% endwords %}`."""
    return mark_safe(content.strip())


@register.simple_block_tag(takes_context=True)
def layout(context: template.Context, content: SafeString, title: str, form: forms.BaseForm | str = "") -> SafeString:
    """The content in our layout; `form` is only asked whether it was sent back with mistakes."""
    request: HttpRequest = context["request"]
    value = {"title": title, "content": content, "form": form}
    return mark_safe(render(request, "design/sign_in.html", value, chrome(request), get_messages(request)))


@register.simple_tag
def problems_of(form: forms.BaseForm) -> SafeString:
    """The error summary of a form."""
    _label(form)
    return mark_safe(render_to_string("design/sign_in_problems.html", {"form": form}, using="jinja2"))


@register.simple_tag
def fields_of(form: forms.BaseForm) -> SafeString:
    """Every field of a form."""
    _label(form)
    return mark_safe(render_to_string("design/sign_in_fields.html", {"form": form}, using="jinja2"))


def _label(form: forms.BaseForm) -> None:
    for name, field in form.fields.items():
        form[name].label = field.label = LABELS.get(name, field.label)
        if name in HINTS:
            form[name].help_text = HINTS[name]
