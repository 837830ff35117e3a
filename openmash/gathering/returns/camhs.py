"""What child and adolescent mental health services are asked (seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="camhs",
    name="Child and adolescent mental health services (CAMHS)",
    order=70,
    asks="Look for any child named who is or was referred or treated, the risk to their life or safety, "
    "and whether they and their family take up the help.",
    systems=(
        System("clinical_record", "Clinical record"),
        System("referrals", "Referrals and waiting list"),
        System("crisis", "Crisis and duty team"),
        System("inpatient", "Hospital admissions"),
        System("learning_disability", "Learning disability and neurodevelopmental service"),
    ),
    prompts=(
        Prompt(
            "care",
            "Open or earlier care",
            "Since when or until when, the team, and why it opened or closed.",
            "treatment",
        ),
        Prompt(
            "referrals",
            "Referrals",
            "Each date, who referred and why, and whether it was accepted, waiting or turned down.",
            "contact",
        ),
        Prompt(
            "crisis",
            "Self-harm and crisis",
            "Each date, what happened, and what was done to keep the child safe.",
            "incident",
        ),
        Prompt(
            "risk",
            "Risk assessment",
            "The latest date and finding, and what protects the child.",
            "assessment",
        ),
        Prompt(
            "appointments",
            "Appointments missed",
            "Each date on which the child was not brought or did not come, and what followed.",
            "attendance",
        ),
        Prompt(
            "treatment",
            "Treatment",
            "What is offered and what helps, with diagnosis or medication only where it bears on safety.",
            "treatment",
        ),
        Prompt(
            "disclosures",
            "What the child has said",
            "Only what bears on someone’s safety. Ask the clinician before passing on what was said in confidence.",
            "other",
        ),
    ),
)
