"""The governance lead's door: an owner was overridden, was it right?"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.disclosure import actions
from openmash.disclosure.forms import CountersignForm
from openmash.disclosure.policies import may_countersign
from openmash.disclosure.queries import CountersignatureLine, countersignature_line, load_countersignature
from openmash.kit.verdict import Verdict


@dataclass(frozen=True)
class CountersignPage:
    line: CountersignatureLine
    form: CountersignForm
    may: Verdict


@holding(Permission.OVERRIDE_AGREEMENT)
def countersign(request: HttpRequest, number: int) -> HttpResponse:
    """Within one working day of the override; what has left does not wait for it (I2)."""
    row = load_countersignature(number, by=request.user)
    form = CountersignForm(request.POST or None)
    if form.is_valid():
        need_fresh_proof()
        actions.countersign(row, by=request.user, **form.cleaned_data)
        messages.success(request, "Your answer is on record")
        return redirect("/needs/")
    value = CountersignPage(countersignature_line(row), form, may_countersign(request.user, row))
    return page(request, "disclosure/countersign.html", value)
