from collections.abc import Callable

import pytest
from django import forms
from django.http import QueryDict

from openmash.design.fields import GovDateField
from openmash.design.forms import describe, problems
from openmash.design.gallery import gallery

Draw = Callable[..., str]
NASTY = "<script>alert(1)</script>\n  \"second\" & 'third'"


def field(draw: Draw, form: forms.Form, name: str, options: str = "") -> str:
    source = '{% from "components/form.html" import field %}{{ field(form, name' + options + ") }}"
    return draw(source, form=form, name=name)


class OneForm(forms.Form):
    text = forms.CharField(label="Words <b>", help_text="Hint <i>", max_length=40, widget=forms.Textarea)
    ward = forms.ChoiceField(label="Ward", choices=[("<1>", "A & B"), ("2", "C")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Many", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    age = forms.IntegerField(label="Age", min_value=3, max_value=90)
    mail = forms.EmailField(label="Email address")
    what = forms.CharField(label="What happened?", max_length=3)
    ok = forms.BooleanField(label="I agree")
    born = GovDateField(label="Born")


def test_what_was_typed_comes_back_exactly_and_never_as_markup(draw: Draw) -> None:
    html = field(draw, OneForm({"text": NASTY}), "text")
    assert "<script>" not in html
    assert ">\n&lt;script&gt;alert(1)&lt;/script&gt;\n  &#34;second&#34; &amp; &#39;third&#39;</textarea>" in html
    assert "Words &lt;b&gt;" in html
    assert "Hint &lt;i&gt;" in html


def test_a_revealed_field_does_not_change_what_was_typed_in_it(draw: Draw) -> None:
    html = field(draw, OneForm({"text": "one\ntwo", "ward": "2"}), "ward", ', reveals={"2": ["text"]}')
    assert "\none\ntwo</textarea>" in html
    assert 'data-aria-controls="conditional-id_ward-2"' in html
    assert 'class="govuk-radios__conditional" id="conditional-id_ward-2"' in html


def test_hint_and_error_are_read_with_the_input(draw: Draw) -> None:
    html = field(draw, OneForm({"text": ""}), "text")
    assert 'aria-describedby="id_text-hint id_text-error id_text-info"' in html
    for part in ("hint", "error", "info"):
        assert f'id="id_text-{part}"' in html


def test_choices_are_chosen_and_escaped(draw: Draw) -> None:
    html = field(draw, OneForm({"ward": "<1>"}), "ward")
    assert 'value="&lt;1&gt;" checked' in html
    assert "A &amp; B" in html
    assert html.count(" checked") == 1
    many = field(draw, OneForm(QueryDict("many=a&many=b")), "many")
    assert many.count(" checked") == 2


def test_the_summary_links_to_the_right_input() -> None:
    found = {problem.link: problem.text for problem in problems(OneForm({"born-day": "3", "born-year": "2019"}))}
    assert found["id_born-month"] == "Born must include a month"
    assert found["id_ward"] == "Select ward"
    assert found["id_ok"] == "Confirm: I agree"
    html_ids = {describe(OneForm(), name).choices[0].id for name in ("ward", "many")}
    assert html_ids == {"id_ward", "id_many"}, "the first of a group has the group's own id"


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("age", "x", "Age must be a number"),
        ("age", "2", "Age must be 3 or more"),
        ("age", "91", "Age must be 90 or less"),
        ("mail", "x", "Email address must be in the form name@example.com"),
        ("mail", "", "Enter email address"),
        ("what", "long", "Your answer to “What happened?” must be 3 characters or less"),
        ("what", "", "Answer “What happened?”"),
        ("ward", "9", "Ward must be one of the choices shown"),
        ("text", "\0", "Words <b> must not include invisible characters"),
    ],
)
def test_djangos_own_messages_say_what_to_do(name: str, typed: str, message: str) -> None:
    assert describe(OneForm({name: typed}), name).errors == (message,)


def test_a_message_of_the_forms_own_stands() -> None:
    class Own(forms.Form):
        name = forms.CharField(max_length=2, error_messages={"required": "Say who", "max_length": "Shorter"})

    assert describe(Own({"name": ""}), "name").errors == ("Say who",)
    assert describe(Own({"name": "long"}), "name").errors == ("Shorter",)


def test_every_kind_of_field_is_drawn(draw: Draw) -> None:
    form = gallery().form
    for name in form.fields:
        html = field(draw, form, name)
        assert f'name="{name}' in html, name


def test_a_widget_that_no_macro_draws_is_refused() -> None:
    class Odd(forms.Form):
        file = forms.MultiValueField(fields=(), widget=forms.MultiWidget(widgets=[]))

    with pytest.raises(TypeError, match="MultiWidget"):
        describe(Odd(), "file")


def test_an_unsent_form_has_no_problems() -> None:
    assert problems(OneForm(), None) == ()
