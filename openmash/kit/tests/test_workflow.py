"""A workflow answers what can follow what, and refuses to be built wrong."""

from dataclasses import replace

import pytest

from openmash.kit.workflow import Move, Workflow

PARCEL = Workflow(
    name="parcel",
    statuses=("packed", "in_transit", "delivered", "lost"),
    initial="packed",
    final=("delivered", "lost"),
    moves=(
        Move("send", ("packed",), "in_transit", "Send it off"),
        Move("deliver", ("in_transit",), "delivered"),
        Move("write-off", ("packed", "in_transit"), "lost"),
        Move("find", ("lost",), "in_transit"),
    ),
)


def test_a_legal_move_may_be_made_and_leads_to_its_target() -> None:
    assert PARCEL.may_make("write-off", "packed")
    assert PARCEL.target("write-off") == "lost"


def test_an_illegal_move_is_refused_in_words() -> None:
    refusal = PARCEL.may_make("write-off", "delivered")
    assert not refusal
    assert refusal.why == "To write off, this parcel must be packed or in transit, but it is delivered."
    assert PARCEL.may_make("send", "lost").why == "To send it off, this parcel must be packed, but it is lost."


def test_pairs_are_every_legal_change_and_no_other() -> None:
    assert PARCEL.pairs() == {
        ("packed", "in_transit"),
        ("in_transit", "delivered"),
        ("packed", "lost"),
        ("in_transit", "lost"),
        ("lost", "in_transit"),
    }


def test_moves_agree_with_pairs_for_every_status() -> None:
    offered = {(status, move.target) for status in PARCEL.statuses for move in PARCEL.moves_from(status)}
    assert offered == PARCEL.pairs()
    for status in PARCEL.statuses:
        names = {move.name for move in PARCEL.moves_from(status)}
        assert names == {move.name for move in PARCEL.moves if PARCEL.may_make(move.name, status)}


def test_an_unknown_move_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="send, deliver, write-off, find"):
        PARCEL.may_make("burn", "packed")
    with pytest.raises(KeyError, match="no move 'burn'"):
        PARCEL.target("burn")


def test_the_diagram_draws_every_move_the_start_and_the_ends() -> None:
    lines = [line.strip() for line in PARCEL.diagram().splitlines()]
    assert lines[0] == "stateDiagram-v2"
    assert "in_transit: In transit" in lines
    assert "[*] --> packed" in lines
    assert "packed --> in_transit: Send it off" in lines
    assert "packed --> lost: Write off" in lines
    assert "delivered --> [*]" in lines
    assert sum(" --> " in line for line in lines) == len(PARCEL.pairs()) + 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"initial": "posted"}, "status 'posted' is not one of its statuses"),
        ({"final": ("delivered", "lost", "burnt")}, "status 'burnt' is not one of its statuses"),
        (
            {"moves": (*PARCEL.moves, Move("burn", ("packed",), "burnt"))},
            "status 'burnt' is not one of its statuses",
        ),
        (
            {"moves": (*PARCEL.moves, Move("send", ("lost",), "packed"))},
            "move 'send' is listed twice",
        ),
        ({"moves": (*PARCEL.moves, Move("hide", (), "lost"))}, "move 'hide' starts nowhere"),
        ({"statuses": (*PARCEL.statuses, "lost")}, "status 'lost' is listed twice"),
        (
            {"statuses": (*PARCEL.statuses, "held"), "final": ("held", *PARCEL.final)},
            "status 'held' can never be reached",
        ),
        ({"final": ("lost",)}, "status 'delivered' can never be left and is not final"),
    ],
)
def test_a_workflow_that_contradicts_itself_cannot_be_built(change: dict[str, tuple[str, ...]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(PARCEL, **change)  # type: ignore[arg-type]


def test_a_move_back_to_the_same_status_is_no_way_out() -> None:
    with pytest.raises(ValueError, match="status 'b' can never be left"):
        Workflow("loop", ("a", "b"), "a", (), (Move("go", ("a",), "b"), Move("stay", ("b",), "b")))
