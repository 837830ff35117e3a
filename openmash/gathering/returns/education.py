"""What schools and the education service are asked (seed 000, seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="education",
    name="Education",
    order=30,
    asks="Look for each child’s school, attendance, suspensions, needs and what staff have seen or been told, "
    "and for any child who is not in school.",
    systems=(
        System("roll", "School roll and attendance"),
        System("safeguarding_lead", "Designated safeguarding lead’s record"),
        System("exclusions", "Suspensions and exclusions"),
        System("special_needs", "Special educational needs and disability"),
        System("home_education", "Elective home education"),
        System("missing_education", "Children missing education"),
        System("admissions", "Admissions and transfers"),
    ),
    prompts=(
        Prompt(
            "attendance",
            "Attendance this year",
            "The percentage, the pattern of absence and lateness, and the reasons given.",
            "attendance",
        ),
        Prompt(
            "earlier_attendance",
            "Attendance in earlier years",
            "Changes from year to year, and any warning or penalty notice.",
            "attendance",
        ),
        Prompt(
            "concerns",
            "Concerns recorded in school",
            "What staff saw or heard and on which day, and what was done.",
            "incident",
        ),
        Prompt(
            "suspensions",
            "Suspensions and exclusions",
            "Each date, for how long and what for.",
            "incident",
        ),
        Prompt(
            "childs_view",
            "What the child says",
            "The child’s own words where they were written down, to whom and when.",
            "contact",
        ),
        Prompt(
            "family",
            "Contact with the family",
            "Who comes to school and who collects, meetings kept or missed, and how the family works with staff.",
            "contact",
        ),
        Prompt(
            "needs",
            "Learning and special needs",
            "Support or a plan in place, since when, and progress.",
            "assessment",
        ),
        Prompt(
            "not_in_school",
            "School moves and time out of school",
            "Each school with dates, home education, and the last time that anyone saw the child.",
            "other",
        ),
    ),
)
