"""The code sets of an enquiry. Sources of contact and concerns are the Department for Education's (CIN census)."""

REFERENCE = r"[A-Z]{1,4}-[0-9A-Z]{4}-[0-9A-Z]{4}"  # of an enquiry: the area's letters and eight marks

RATINGS = {"red": "Red", "amber": "Amber", "green": "Green"}

KINDS = {"child": "A child or children", "adult": "An adult", "family": "A whole family"}

CHANNELS = {
    "public_form": "Public form",
    "professional_form": "Professional form",
    "telephone": "Telephone",
    "email": "E-mail",
    "letter": "Letter",
    "walk_in": "In person",
    "police_notification": "Police notification",
    "other_system": "Another system",
    "adults_enquiry": "An adult's enquiry",
}

SOURCES = {
    "1A": "Family member, relative or carer",
    "1B": "Acquaintance, neighbour or child minder",
    "1C": "The child or person themself",
    "1D": "Another individual",
    "2A": "School",
    "2B": "Education service",
    "3A": "GP",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Other primary health service",
    "3E": "A&E",
    "3F": "Other health service",
    "4": "Housing",
    "5A": "Council social care",
    "5B": "Other council service",
    "5C": "Another council",
    "5D": "Council early help",
    "6": "Police",
    "7": "Courts, probation, Cafcass, prison or immigration",
    "8": "Other, including voluntary organisations",
    "9": "Anonymous",
    "10": "Not known",
}

CONCERNS = {
    "neglect": "Neglect",
    "emotional": "Emotional abuse",
    "physical_adult": "Physical abuse by an adult",
    "physical_child": "Physical abuse by another child",
    "sexual_adult": "Sexual abuse by an adult",
    "sexual_child": "Sexual abuse by another child, or harmful sexual behaviour",
    "cse": "Child sexual exploitation",
    "cce": "Child criminal exploitation or county lines",
    "gangs": "Gangs",
    "trafficking": "Trafficking or modern slavery",
    "missing": "Missing",
    "radical": "Radicalisation",
    "fgm": "Female genital mutilation",
    "faith": "Abuse linked to faith or belief",
    "hba": "So-called honour abuse or forced marriage",
    "online": "Online harm",
    "da_child": "Domestic abuse: the child is the victim",
    "da_parent": "Domestic abuse: a parent or carer is the victim",
    "da_other": "Domestic abuse: someone else in the household",
    "alcohol_child": "Alcohol: the child",
    "alcohol_parent": "Alcohol: a parent or carer",
    "alcohol_other": "Alcohol: someone else in the household",
    "drugs_child": "Drugs: the child",
    "drugs_parent": "Drugs: a parent or carer",
    "drugs_other": "Drugs: someone else in the household",
    "mh_child": "Mental health: the child",
    "mh_parent": "Mental health: a parent or carer",
    "mh_other": "Mental health: someone else in the household",
    "self_harm": "Self-harm",
    "ld_child": "Learning disability: the child",
    "ld_parent": "Learning disability: a parent or carer",
    "pd_child": "Physical disability or illness: the child",
    "pd_parent": "Physical disability or illness: a parent or carer",
    "young_carer": "Young carer",
    "private_foster": "Private fostering",
    "uasc": "Unaccompanied asylum-seeking child",
    "behaviour": "Behaviour, offending or anti-social behaviour",
    "housing": "Housing or homelessness",
    "money": "Money, or no recourse to public funds",
    "education": "Not in school, or excluded",
    "contact_dispute": "Dispute between parents",
    "unborn": "Unborn baby",
    "transfer_in": "Moved from another area",
    "lado": "Allegation against someone who works with children",
    "death": "Death of a child",
    "none": "No factor found",
}

# What an adult at risk may suffer: the ten categories of the Care Act guidance (reference lists E.7).
ADULT_ABUSE = {
    "adult_physical": "Physical abuse of an adult",
    "da_adult": "Domestic abuse of an adult at risk",
    "adult_sexual": "Sexual abuse of an adult",
    "adult_psychological": "Psychological abuse of an adult",
    "adult_financial": "Financial or material abuse of an adult",
    "adult_slavery": "Modern slavery of an adult",
    "adult_discriminatory": "Discriminatory abuse of an adult",
    "adult_organisational": "Organisational abuse of an adult",
    "adult_neglect": "Neglect or acts of omission towards an adult",
    "adult_self_neglect": "Self-neglect of an adult",
}
CONCERNS |= ADULT_ABUSE

# What makes domestic abuse graver: asked of whoever makes the enquiry and at every grade, for a count alone hides them
# (M115; reference lists E.10). The DASH questions are their authors' own and stand nowhere here.
ABUSE_RISKS = {
    "escalation": "It happens more often, or gets worse",
    "separation": "They have separated, or are about to",
    "violence": "Physical or sexual violence",
    "strangulation": "Hands around the neck, or breathing stopped in any way",
    "pregnancy": "Pregnant, or a baby was born in the last 18 months",
    "children": "Children saw it, heard it, or were in the home",
    "own_view": "The person who is harmed says that they are in danger",
    "stalking": "Following, watching or messages that are not wanted",
    "threats": "Threats to kill",
    "coercion": "Control of money, friends, movements or the telephone",
    "honour": "So-called honour, or a forced marriage",
}
ABUSE_GRADES = {"standard": "Standard", "medium": "Medium", "high": "High"}

CAPACITY_DOUBT = {"no": "No", "yes": "Yes", "not_known": "I do not know"}

# The same, as a form shows them.
CONCERN_GROUPS = tuple(
    (group, tuple((key, CONCERNS[key]) for key in keys.split()))
    for group, keys in (
        (
            "Abuse and neglect",
            "neglect emotional physical_adult physical_child sexual_adult sexual_child faith fgm hba",
        ),
        ("Outside the home", "cse cce gangs trafficking missing radical online"),
        ("Domestic abuse", "da_child da_parent da_other"),
        ("Alcohol and drugs", "alcohol_child alcohol_parent alcohol_other drugs_child drugs_parent drugs_other"),
        ("Health and disability", "mh_child mh_parent mh_other self_harm ld_child ld_parent pd_child pd_parent"),
        (
            "The family’s life",
            "young_carer private_foster uasc behaviour housing money education contact_dispute unborn transfer_in",
        ),
        ("Other", "lado death none"),
    )
)

ADULT_CONCERN_GROUP = ("An adult at risk", tuple(ADULT_ABUSE.items()))

# What an adult carries. Source: intake fields, "needs".
RISK_FACTORS = {
    "mental_health": "Mental health",
    "alcohol": "Alcohol",
    "drugs": "Drugs",
    "learning_disability": "Learning disability",
    "illness": "Physical disability or illness",
    "hurt_by_partner": "Hurt or controlled by a partner or relative",
    "hurts_partner": "Hurts or controls a partner or relative",
    "offences": "Known or alleged offences",
    "weapons": "Weapons or threats",
}

LEGAL_STATUSES = (
    "None",
    "On a child protection plan",
    "On a child in need plan",
    "Looked after by agreement (section 20)",
    "Interim care order",
    "Care order",
    "Supervision order",
    "Special guardianship order",
    "Child arrangements order",
    "Emergency protection or police protection",
    "Other",
)

LEVELS = {
    1: "Level 1: universal services are enough",
    2: "Level 2: additional help from one agency, or early help",
    3: "Level 3: targeted help from several agencies",
    4: "Level 4: specialist or statutory, the child may be suffering harm",
}

AGREEMENT = {"yes": "Yes", "no": "No", "not_asked": "They were not asked"}

# Why the family was not asked or told (Working Together 2023; journey of an enquiry, the gate).
WHY_NOT_TOLD = {
    "raises_risk": "It would put a child or someone else at greater risk",
    "prejudices_inquiry": "It would prejudice an inquiry or lose evidence",
    "delay": "It would cause a delay that is not justified",
    "cannot_reach": "They cannot be reached",
}

ROLES_IN_ENQUIRY = {
    "child": "Child",
    "unborn": "Unborn child",
    "adult": "Adult in the household",
    "other": "Someone who matters, not in the household",
}

RESTRICTED_AS = {
    "staff_interest": "Somebody on the staff has an interest in it",
    "relative_of_user": "Somebody in it is a relative of somebody who signs in here",
    "high_profile": "Somebody in it is known to the public",
    "adoption": "Adoption",
    "high_risk": "High risk, or witness protection",
    "serious_case": "A serious case, or the death of a child",
}
GLASS_REASONS = {
    "immediate_risk": "A child is at immediate risk",
    "court_deadline": "A court’s deadline",
    "lawful_requirement": "The law requires it",
}
GLASS_OUTCOMES = {"justified": "Justified", "not_justified": "Not justified", "unclear": "Unclear"}
