"""What became of what was handed on (M13). The council's own system does the work; the hub only learns how it ended."""

BECAME = {
    "assessment_no_action": "Assessment finished: no further action",
    "assessment_early_help": "Assessment finished: early help",
    "child_in_need": "Child in need plan",
    "section_47": "Section 47 enquiry",
    "protection_plan": "Child protection plan",
    "looked_after": "The child is looked after",
    "early_help_plan": "Early help plan",
    "team_around_family": "Team around the family is meeting",
    "service_given": "A service was given",
    "declined": "The family did not want the service",
    "not_found": "The family could not be reached",
    "closed": "Closed, for another reason",
}

STEP_UP_DID = {"reopened": "Reopened", "declined": "Not reopened"}
