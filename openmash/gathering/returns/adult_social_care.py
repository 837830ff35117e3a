"""What adult social care is asked (seed 000: adult enquiries and the vulnerable adult linked to a child)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="adult_social_care",
    name="Adult social care",
    order=120,
    asks="Look for any adult named who has or had care and support needs or a safeguarding concern, "
    "and for the children or adults who depend on them or may be at risk from them.",
    systems=(
        System("case_record", "Case management system"),
        System("safeguarding", "Adult safeguarding concerns"),
        System("carers", "Carers’ assessments"),
        System("capacity", "Mental capacity and deprivation of liberty"),
        System("disability", "Learning and physical disability teams"),
        System("out_of_hours", "Emergency duty team"),
    ),
    prompts=(
        Prompt(
            "involvement",
            "Open or earlier involvement",
            "Since when or until when, the team and worker, and why it was opened or closed.",
            "contact",
        ),
        Prompt(
            "safeguarding",
            "Safeguarding concerns and enquiries",
            "Each date, the worry, who was thought responsible, and what was found.",
            "incident",
        ),
        Prompt(
            "needs",
            "Care and support needs",
            "What the adult needs help with, when that was assessed, and what they want.",
            "assessment",
        ),
        Prompt(
            "capacity",
            "Mental capacity",
            "Decisions assessed and the result, and anyone with authority to decide for the adult.",
            "assessment",
        ),
        Prompt(
            "care",
            "Care in place",
            "Who provides what, how often, and visits missed or refused.",
            "treatment",
        ),
        Prompt(
            "household",
            "Children and others in the home",
            "Children who live there, visit or give care, and anyone who may pose a risk.",
            "other",
        ),
        Prompt(
            "carers",
            "Carers and strain",
            "Who cares for whom, what they say of it, and breaks offered.",
            "assessment",
        ),
    ),
)
