"""What agencies hold of a family in Wendmark: each line with how it is graded and of whom it may be said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Holding:
    """One line that an agency may hold. `ages` are the child's when it happened; `years` how far back it may lie.

    `grade` is fact or allegation or opinion, how dependable, how known, sensitivity and handling, in one word each.
    """

    kind: str
    words: str
    grade: str = "fact 1 A G P"
    years: int = 2
    ages: tuple[int, int] = (-1, 17)


_SENSITIVE, _HEARD = "fact 1 A S C", "fact 2 B G P"

HELD: dict[str, tuple[Holding, ...]] = {
    "police": (
        Holding("incident", "Domestic incident at {home}. No offence disclosed; officers gave advice.", years=3),
        Holding("incident", "{mother} reported an assault by {partner}. No further action: she did not support a charge.", _SENSITIVE, 6),
        Holding("incident", "A neighbour reported shouting and a child crying at {home}. All was in order when officers came.", _HEARD),
        Holding("incident", "{mother} reported that her former partner would not leave. He had gone when officers came.", years=4),
        Holding("incident", "{mother} was reported missing by a friend and came home the same evening.", years=4),
        Holding("incident", "Anti-social behaviour: a complaint of loud music at {home} at 3am. Words of advice.", _HEARD, 1),
        Holding("incident", "{child} was stopped with a group in the town centre. Nothing was found.", years=1, ages=(12, 17)),
        Holding("incident", "{child} was reported missing and found at a friend's before midnight.", years=1, ages=(11, 17)),
        Holding("order", "{partner} has a caution for common assault.", _SENSITIVE, 8),
        Holding("order", "{partner}: conviction for driving with excess alcohol.", years=7),
        Holding("incident", "Information that drugs are sold from {home}. Not confirmed.", "allegation 2 D X C", 1),
    ),
    "health": (
        Holding("contact", "Health visitor saw {child} at home: growing along the expected line, home warm.", ages=(0, 4)),
        Holding("contact", "Two-year review of {child}: speech a little behind; referred to the speech therapist.", years=3, ages=(2, 3)),
        Holding("contact", "{child} was not brought to two appointments in a row.", years=1, ages=(0, 17)),
        Holding("attendance", "{child} was seen in A&E after a fall. The explanation fitted the injury.", years=3, ages=(1, 15)),
        Holding("attendance", "{child} was seen in A&E with a scald to the hand. Advice on hot drinks was given.", years=3, ages=(1, 5)),
        Holding("contact", "School nurse: {child} is often tired. Advice on sleep was given to {mother}.", years=1, ages=(5, 16)),
        Holding("treatment", "{child} has asthma and uses a preventer; reviews are up to date.", years=2, ages=(3, 17)),
        Holding("treatment", "{mother} was treated for low mood after a birth.", _SENSITIVE, 5),
        Holding("contact", "{mother} said at the booking appointment that she felt safe at home. She was seen alone.", _SENSITIVE, 4),
        Holding("contact", "All immunisations of {child} are up to date.", years=1, ages=(1, 5)),
    ),
    "education": (
        Holding("attendance", "Attendance of {child} this year is 74 per cent. Most absences are on Mondays and Fridays.", years=1, ages=(5, 16)),
        Holding("attendance", "Attendance of {child} this year is 96 per cent. Punctual and ready to learn.", years=1, ages=(5, 16)),
        Holding("contact", "{child} told the pastoral lead that there is 'a lot of shouting' at home.", "fact 1 B G P", 1, (5, 17)),
        Holding("assessment", "{child} has support for reading and has made good progress.", "opinion 1 A G P", 2, (6, 15)),
        Holding("contact", "{mother} came to parents' evening and was worried about bullying. The school acted on it.", years=2, ages=(5, 16)),
        Holding("contact", "{child} was collected by an adult whom staff did not know, and {mother} then gave permission by telephone.", years=1, ages=(3, 10)),
        Holding("order", "{child} was suspended for two days for fighting.", years=2, ages=(9, 16)),
        Holding("assessment", "{child} has an education, health and care plan for speech and language.", years=3, ages=(4, 16)),
        Holding("contact", "{child} is quieter since the half-term and prefers to stay near an adult.", "opinion 1 A G P", 1, (3, 11)),
    ),
    "childrens-social-care": (
        Holding("assessment", "Assessment finished with no further action. The family was offered early help.", ages=(0, 17)),
        Holding("assessment", "Child in need plan for six months, closed when attendance improved.", years=4, ages=(5, 17)),
        Holding("contact", "An earlier contact about an argument between the parents. Advice was given.", years=3, ages=(0, 17)),
        Holding("assessment", "{mother} was herself in care between the ages of 11 and 16.", _SENSITIVE, 9),
        Holding("contact", "A relative asked about caring for {child} for a time. It was not taken further.", years=2, ages=(0, 17)),
        Holding("assessment", "Child protection plan for neglect for nine months; ended after a review found lasting change.", _SENSITIVE, 6, (1, 17)),
    ),
    "probation": (
        Holding("order", "{partner} is under supervision until next summer. Attends as asked.", _SENSITIVE, 1),
        Holding("assessment", "{partner} is assessed as a medium risk of harm to partners.", "opinion 1 A S C", 1),
        Holding("order", "{partner} finished a building better relationships programme.", _SENSITIVE, 2),
    ),
    "youth-offending": (
        Holding("order", "{child} finished a referral order and paid back the damage.", years=1, ages=(12, 17)),
        Holding("contact", "{child} came to three of six sessions on knives and then stopped coming.", years=1, ages=(12, 17)),
        Holding("contact", "{child} goes to the boxing gym that the team runs, and is well liked there.", years=1, ages=(11, 17)),
    ),
    "camhs": (
        Holding("treatment", "{child} was seen four times and discharged with advice to the school.", _SENSITIVE, 2, (6, 17)),
        Holding("treatment", "{child} is on the waiting list for an assessment of attention.", _SENSITIVE, 1, (6, 17)),
        Holding("treatment", "{child} was not brought to the first appointment, and the referral was closed.", _SENSITIVE, 2, (6, 17)),
    ),
    "early-years": (
        Holding("attendance", "{child} comes to the stay and play group most weeks.", years=1, ages=(0, 4)),
        Holding("contact", "{mother} finished the parenting course and said that mornings are easier.", years=2),
        Holding("contact", "The family was offered an early help assessment and did not take it up.", years=2),
    ),
    "adult-mental-health": (
        Holding("treatment", "{mother} was under the community team for eight months and discharged to her GP.", _SENSITIVE, 3),
        Holding("treatment", "{mother} has a care co-ordinator and sees her every fortnight.", _SENSITIVE, 1),
        Holding("contact", "{mother} was seen once by the crisis team and did not need admission.", _SENSITIVE, 2),
    ),
    "housing": (
        Holding("tenancy", "Tenancy of {home} since 2021. Two months in arrears; a payment plan is kept.", years=1),
        Holding("incident", "Three complaints of noise at night from {home}.", "fact 2 C G P", 1),
        Holding("tenancy", "The tenancy of {home} is in {mother}'s name alone. The rent account is clear.", years=2),
        Holding("tenancy", "A repair of the front door, which had been forced, was reported by {mother}.", years=2),
    ),
    "adult-social-care": (
        Holding("assessment", "A grandparent of the family has a carer twice a day.", years=1),
        Holding("contact", "{mother} asked for a carer's assessment and has not taken it up.", years=2),
    ),
    "idva": (
        Holding("contact", "{mother} had six sessions with an adviser and made a safety plan.", _SENSITIVE, 2),
        Holding("contact", "{mother} was offered support after a police referral and did not answer the calls.", _SENSITIVE, 2),
        Holding("contact", "{mother} stayed in the refuge for three weeks and then moved to {home}.", _SENSITIVE, 4),
    ),
}  # fmt: skip
