"""The lines that an agency fills in: one list, from which they are written and by which they are read."""

from dataclasses import dataclass

from openmash.gathering.models import SystemCheck
from openmash.gathering.shelf import Return

BEGINS, ENDS = "ANSWER BEGINS", "ANSWER ENDS"
ITEM, END_OF_ITEM = "ITEM", "END OF ITEM"
_SPARE_ITEMS = 2


@dataclass(frozen=True)
class Line:
    """One line: the field of the answer form that it fills, its words, what may be written, whether it may run on."""

    field: str
    label: str
    hint: str = ""
    runs_on: bool = False

    @property
    def as_sent(self) -> str:
        return f"{self.label} ({self.hint}):" if self.hint else f"{self.label}:"


NOTHING_KNOWN = Line("nothing_known", "Nothing known", "yes or no")
RATING = Line("rating", "How urgent does it make things", "red, amber or green")
ITEM_LINES = (
    Line("words", "What do you know", runs_on=True),
    Line("prompt", "What is it", "a number from the list"),
    Line("happened_on", "When was it, or when did it begin", "day/month/year"),
    Line("happened_until", "When did it end", "day/month/year"),
    Line("people", "Who is it about", "numbers from the list"),
    Line("nature", "Is it a fact", "fact, allegation or opinion"),
    Line("dependable", "How dependable is the source", "1, 2 or 3"),
    Line("known_how", "How do you know this", "A, B, C, D or E"),
    Line("handling", "May it be shared", "yes, or conditions"),
    Line("conditions", "On what conditions", runs_on=True),
    Line("sensitivity", "Who may read it", "general, sensitive or sealed"),
    Line("own_reference", "Your own record number"),
)


def head_lines(form: Return) -> tuple[Line, ...]:
    """What is asked once: nothing known, each of the agency's systems, and its own rating."""
    systems = (Line(f"system_{system.key}", f"Looked in {system.name}") for system in form.systems)
    return (NOTHING_KNOWN, *systems, RATING)


def reply_lines(code: str, form: Return) -> str:
    """The lines, empty, as they stand in the request."""
    item = "\n".join(line.as_sent for line in ITEM_LINES)
    items = [f"{ITEM} {number}\n{item}\n{END_OF_ITEM}" for number in range(1, _SPARE_ITEMS + 1)]
    head = "\n".join(line.as_sent for line in head_lines(form))
    return "\n\n".join([f"## {BEGINS} {code} ##", head, *items, f"## {ENDS} ##"])


def how_to_fill_in(form: Return, people: tuple[tuple[int, str], ...]) -> str:
    """What the lines mean, with the numbered lists that they refer to."""
    results = ", ".join(f"“{words.lower()}”" for words in SystemCheck.RESULTS.values())
    kinds = "\n".join(f"{number}. {prompt.label}" for number, prompt in enumerate(form.prompts, 1))
    who = "\n".join(f"{number}. {name}" for number, (_, name) in enumerate(people, 1))
    return (
        "How to answer\n"
        "Reply to this e-mail, and write after the colons at the end of it. Leave everything else as it is, and "
        "attach nothing: a reply that holds only the answer is read at once, any other waits for a person.\n"
        "If nothing is known, write yes after “Nothing known”. That says that you looked in each record.\n"
        f"After “Looked in”, write {results}.\n"
        "Fill in one item for each thing that you know. For more than two, copy the lines from ITEM to END OF ITEM.\n"
        "For something that only named people may know, do not write it: ring the hub.\n\n"
        f"What it can be\n{kinds}\n\n"
        f"Who it can be about\n{who}\n\n"
        "How dependable the source is\n1. Reliable\n2. Untested\n3. Not reliable\n\n"
        "How you know it\nA. Known directly\nB. Known indirectly, but corroborated\nC. Known indirectly\n"
        "D. Not known\nE. Suspected to be false\n\n"
        "Who may read it\n"
        "General: everyone who triages and decides. Sensitive: the same people; it is marked. "
        "Sealed: practice managers alone."
    )
