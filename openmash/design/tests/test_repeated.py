from django import forms
from django.http import QueryDict

from openmash.design.fields import GovDateField
from openmash.design.forms import problems
from openmash.design.repeated import Repeated, kept


class ChildForm(forms.Form):
    name = forms.CharField(label="Name", error_messages={"required": "Enter a name"})
    born = GovDateField(label="Born", required=False)
    known = forms.BooleanField(label="Known", required=False)


def children(text: str, least: int = 1, most: int = 3) -> Repeated[ChildForm]:
    return Repeated(ChildForm, prefix="children", data=QueryDict(text), least=least, most=most)


def test_begins_with_as_many_as_there_must_be() -> None:
    assert len(Repeated(ChildForm, prefix="children", least=2).forms) == 2
    begun = Repeated(ChildForm, prefix="children", initial=[{"name": "Ann"}, {"name": "Ben"}])
    assert [form["name"].value() for form in begun] == ["Ann", "Ben"]


def test_add_another_keeps_what_was_typed_and_complains_of_nothing() -> None:
    group = children("children-number=0&children-0-name=Ann&children-0-born-day=x&children-0-known=true&add=children")
    assert group.changing
    assert group.numbers == [0, 1]
    assert group.forms[0]["name"].value() == "Ann"
    assert group.forms[0]["born"].value().day == "x"
    assert group.forms[0]["known"].value() is True
    assert problems(group) == ()
    assert not group.is_valid()


def test_remove_takes_that_one_out_and_the_others_keep_their_numbers() -> None:
    group = children(
        "children-number=0&children-number=1&children-number=2"
        "&children-0-name=Ann&children-1-name=Ben&children-2-name=Cat&remove=children-1"
    )
    assert group.changing
    assert [form["name"].value() for form in group] == ["Ann", "Cat"]
    assert group.numbers == [0, 2]


def test_add_stops_at_the_most_and_remove_at_the_least() -> None:
    full = children("children-number=0&children-number=1&children-number=2&add=children")
    assert len(full.forms) == 3
    assert not full.can_add
    last = children("children-number=4&remove=children-4")
    assert last.numbers == [4]
    assert not last.can_remove


def test_the_button_of_another_group_keeps_this_one_as_it_is() -> None:
    group = children("children-number=0&children-0-name=Ann&add=adults")
    assert group.numbers == [0]
    assert group.forms[0]["name"].value() == "Ann"
    assert problems(group) == ()


def test_answers_leave_out_what_was_left_empty() -> None:
    group = children("children-number=0&children-number=1&children-0-name=Ann&children-1-name=")
    assert group.is_valid(), problems(group)
    assert [answer["name"] for answer in group.cleaned_data] == ["Ann"]


def test_the_first_must_be_filled_in_and_its_error_links_to_its_own_input() -> None:
    group = children("children-number=3&children-3-name=")
    assert not group.is_valid()
    assert [(problem.text, problem.link) for problem in problems(group)] == [("Enter a name", "id_children-3-name")]


def test_none_is_enough_when_none_need_be() -> None:
    group = children("", least=0)
    assert group.forms == []
    assert group.is_valid()
    assert group.cleaned_data == []


def test_numbers_from_outside_are_not_believed() -> None:
    group = children("children-number=0&children-number=0&children-number=-1&children-number=x&children-number=99999")
    assert group.numbers == [0]


def test_what_was_typed_is_kept_without_complaint() -> None:
    form = kept(ChildForm, QueryDict("name=&born-month=May"), initial={"name": "Before"})
    assert not form.is_bound
    assert form["name"].value() == ""
    assert form["born"].value().month == "May"
