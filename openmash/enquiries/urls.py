"""The doors of this room: the two forms for everybody, the telephone, and who is who."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from openmash.enquiries import from_systems, intake, match, telephone
from openmash.enquiries.eform.pages import EForm
from openmash.enquiries.eform.professional import PROFESSIONAL
from openmash.enquiries.eform.public import PUBLIC

app_name = "enquiries"
_MATCH = "enquiry/<str:reference>/match/"
_CALL = "telephone/<call:token>/"


class _CallConverter(StringConverter):
    """The token of a call, as `drafts.new_token` makes it."""

    regex = r"[\w-]{32}"


register_converter(_CallConverter, "call")


def _form(form: EForm) -> list[URLPattern]:
    """The addresses of one form; its pages need none of their own."""
    at, known = form.path.lstrip("/"), {"form": form}
    return [
        path(at, intake.start, known, name=form.key),
        path(f"{at}check/", intake.check, known, name=f"{form.key}_check"),
        path(f"{at}sent/", intake.sent, known, name=f"{form.key}_sent"),
        path(f"{at}drop/", intake.drop, known, name=f"{form.key}_drop"),
        path(f"{at}<slug:key>/", intake.question, known, name=f"{form.key}_page"),
        path(f"{at}<slug:key>/<int:number>/", intake.question, known, name=f"{form.key}_page_about"),
    ]


urlpatterns: list[URLPattern] = [
    *_form(PUBLIC),
    *_form(PROFESSIONAL),
    path("telephone/", telephone.begin, name="telephone"),
    path(f"{_MATCH}", match.match, name="match"),
    path(f"{_MATCH}settle/", match.settle, name="match_settle"),
    path(f"{_MATCH}<int:party>/say/", match.say, name="match_say"),
    path(f"{_MATCH}<int:party>/undo/", match.undo, name="match_undo"),
    path(f"{_MATCH}<int:party>/born/", match.born, name="match_born"),
    path("from-systems/<call:token>/", from_systems.one, name="from_system"),
    path(_CALL, telephone.call, name="call"),
    path(f"{_CALL}save/", telephone.autosave, name="call_autosave"),
    path(f"{_CALL}known/", telephone.known, name="call_known"),
    path(f"{_CALL}drop/", telephone.drop_call, name="call_drop"),
]
