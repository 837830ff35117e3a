"""What people of Wendmark say: referrals by concern, what agencies hold, and how decisions are reasoned."""

# concern: (source codes that bring it, worries, effect on the child, what works well)
REFERRALS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str, str]] = {
    "da_parent": (
        ("6", "6", "6", "3B", "2A"),
        (
            "Officers were called to {home} at 11.40pm by a neighbour who heard shouting and something breaking. {mother} "
            "had a red mark on her cheek and said it was nothing. {child} was on the stairs.",
            "{mother} told staff that her partner took her telephone and would not let her leave the house on Saturday. "
            "{child} has started to flinch when adults raise their voices.",
            "Third call to this address since the summer. An argument about money. {mother} asked officers to make him "
            "leave and later withdrew what she had said. {child} was in the bedroom.",
        ),
        "{child} has been quiet and tearful and does not want to go home.",
        "{mother} speaks warmly of {child} and has her sister near by.",
    ),
    "neglect": (
        ("2A", "2A", "3B", "3C", "4"),
        (
            "{child} comes to school in the same unwashed clothes most days and is hungry on Mondays. Attendance is down "
            "to 71 per cent. {mother} does not answer letters or calls.",
            "On a home visit there was no food in the kitchen, the floor was covered in rubbish and {child} was asleep on "
            "a sofa with no bedding. {mother} said that the benefits had stopped.",
            "{child} has missed four dental appointments in pain. The home smells strongly of damp and animals, and the "
            "stair gate is broken.",
        ),
        "{child} is tired, falls asleep in class and takes food from others.",
        "{mother} agreed to see the nurse and {child} enjoys school.",
    ),
    "mh_parent": (
        ("3A", "3F", "2A"),
        (
            "{mother} told the GP that she has not slept for a week and hears her neighbours talking about her. She is "
            "alone with {child} at night.",
            "{mother} has stopped taking her medicine and has not opened the door to the community nurse for three weeks. "
            "{child} has been getting up and dressed alone.",
        ),
        "{child} looks after {mother} and worries when away from her.",
        "{mother} asked for help herself.",
    ),
    "emotional": (
        ("2A", "3C", "1A"),
        (
            "{child} told a teacher that {mother} calls them stupid and says she wishes they had not been born. {child} "
            "asked if they could live at school.",
            "{child} is blamed for everything at home and made to eat alone. A relative has seen it more than once.",
        ),
        "{child} says that everything is their fault.",
        "{child} has one teacher whom they trust.",
    ),
    "physical_adult": (
        ("2A", "3E", "3A"),
        (
            "{child} has a bruise the shape of a hand on the upper arm and gave two different explanations. {mother} said "
            "that {child} fell from a bunk bed.",
            "{child} said that 'he hit me with the belt' and then said that it was a joke. There are two marks on the back "
            "of the legs.",
        ),
        "{child} did not want the mark to be seen and begged staff not to ring home.",
        "{child} was able to tell someone.",
    ),
    "alcohol_parent": (
        ("2A", "6", "3B"),
        (
            "{mother} came to collect {child} smelling strongly of alcohol and was unsteady. She drove away before staff "
            "could stop her.",
            "{mother} was found asleep in the park in the afternoon with {child} playing near the road.",
        ),
        "{child} hides bottles and worries about {mother} at school.",
        "A grandparent helps at weekends.",
    ),
    "drugs_parent": (
        ("6", "4", "3A"),
        (
            "A housing visit found cannabis plants in the back bedroom, next to the room where {child} sleeps. Several "
            "adults whom {mother} could not name were in the house.",
            "{mother} has missed three appointments with the drug service. {child} says that 'the men' come at night.",
        ),
        "{child} is often late and says they cannot sleep.",
        "{mother} has had help before and did well.",
    ),
    "behaviour": (
        ("2A", "1A", "6"),
        (
            "{child} has been excluded twice this term and has threatened {mother} at home. She says that she can no longer "
            "manage and is afraid.",
            "{child} is out until after midnight and was brought home by officers twice this month. {mother} asks for help.",
        ),
        "{child} is angry and has lost friends.",
        "{child} likes the motor mechanics course and goes to it.",
    ),
    "mh_child": (
        ("2A", "3A", "3F"),
        (
            "{child} showed a friend cuts on their arms and said that they wanted it to stop. {mother} did not know.",
            "{child} has not left their room for two weeks and has stopped eating with the family.",
        ),
        "{child} says that nothing will get better.",
        "{mother} is worried and wants help.",
    ),
    "sexual_adult": (
        ("2A", "1A", "6"),
        (
            "{child} said that an adult who visits the home 'plays a secret game' and would not say more.",
            "{child} has drawn and said things that a child of this age would not know. An adult new to the home looks "
            "after {child} alone on Thursdays.",
        ),
        "{child} does not want to be left with the visitor.",
        "{mother} listened and rang at once.",
    ),
    "cse": (
        ("2A", "6", "8"),
        (
            "{child} has a new telephone and clothes and is collected from school by men in different cars.",
            "{child} was found in a hotel with two adults and says that they are friends.",
        ),
        "{child} has pulled away from friends and family.",
        "{child} still talks to the youth worker.",
    ),
    "cce": (
        ("6", "2A", "5B"),
        (
            "{child} was stopped at the railway station in another town with £340 and a second telephone.",
            "{child} owes money and is frightened to say to whom. {mother} has had men at the door.",
        ),
        "{child} is frightened and will not go out alone.",
        "{mother} tells the police when {child} is missing.",
    ),
    "education": (
        ("2B", "2A"),
        ("{child} has not been in school since September and nobody has seen them for five weeks.",),
        "{child} has no contact with friends.",
        "{mother} answers messages.",
    ),
    "housing": (
        ("4", "8"),
        ("The family is to be evicted on Friday and has nowhere to go. {mother} is sleeping in the car with {child}.",),
        "{child} has missed school and is unsettled.",
        "{mother} keeps {child} warm and fed.",
    ),
    "unborn": (
        ("3B", "3D", "3F"),
        ("{mother} booked late and has missed two scans. An older child was removed from her care six years ago.",),
        "The baby is due soon and nothing has been prepared.",
        "{mother} wants to keep her baby and came to the last appointment.",
    ),
}

# agency key: what it may say. Each: (kind, words, nature, dependable, known how, sensitivity, handling, years back)
HELD: dict[str, tuple[tuple[str, str, str, str, str, str, str, int], ...]] = {
    "police": (
        (
            "incident",
            "Domestic incident at the home. No offence disclosed; officers gave advice.",
            "fact",
            "1",
            "A",
            "G",
            "P",
            3,
        ),
        (
            "incident",
            "{mother} reported an assault by her partner. No further action: she did not support a charge.",
            "fact",
            "1",
            "A",
            "S",
            "C",
            6,
        ),
        (
            "incident",
            "Neighbour reported shouting and a child crying. All in order when officers came.",
            "fact",
            "2",
            "B",
            "G",
            "P",
            2,
        ),
        ("order", "An adult in the household has a caution for common assault.", "fact", "1", "A", "S", "C", 8),
        (
            "incident",
            "Information that drugs are sold from the address. Not confirmed.",
            "allegation",
            "2",
            "D",
            "X",
            "C",
            1,
        ),
    ),
    "health": (
        (
            "contact",
            "Health visitor saw {child} at home: growing along the expected line, home warm.",
            "fact",
            "1",
            "A",
            "G",
            "P",
            1,
        ),
        ("contact", "{child} was not brought to two appointments in a row.", "fact", "1", "A", "G", "P", 1),
        (
            "attendance",
            "{child} was seen in A&E after a fall. The explanation fitted the injury.",
            "fact",
            "1",
            "A",
            "G",
            "P",
            3,
        ),
        ("treatment", "{mother} was treated for low mood after the birth.", "fact", "1", "A", "S", "C", 5),
    ),
    "education": (
        (
            "attendance",
            "Attendance this year is 74 per cent. Most absences are on Mondays and Fridays.",
            "fact",
            "1",
            "A",
            "G",
            "P",
            1,
        ),
        (
            "contact",
            "{child} has told the pastoral lead that there is 'a lot of shouting' at home.",
            "fact",
            "1",
            "B",
            "G",
            "P",
            1,
        ),
        ("assessment", "{child} has support for reading and has made good progress.", "opinion", "1", "A", "G", "P", 2),
    ),
    "childrens-social-care": (
        (
            "assessment",
            "Assessment finished with no further action. The family was offered early help.",
            "fact",
            "1",
            "A",
            "G",
            "P",
            2,
        ),
        (
            "assessment",
            "Child in need plan for six months, closed when attendance improved.",
            "fact",
            "1",
            "A",
            "G",
            "P",
            4,
        ),
    ),
    "probation": (
        (
            "order",
            "An adult in the household is under supervision until next summer. Attends as asked.",
            "fact",
            "1",
            "A",
            "S",
            "C",
            1,
        ),
        ("assessment", "Assessed as a medium risk of harm to partners.", "opinion", "1", "A", "S", "C", 1),
    ),
    "youth-offending": (
        ("order", "{child} finished a referral order and paid back the damage.", "fact", "1", "A", "G", "P", 1),
    ),
    "camhs": (
        (
            "treatment",
            "{child} was seen four times and discharged with advice to the school.",
            "fact",
            "1",
            "A",
            "S",
            "C",
            2,
        ),
    ),
    "early-years": (
        ("attendance", "{child} comes to the stay and play group most weeks.", "fact", "1", "A", "G", "P", 1),
    ),
    "adult-mental-health": (
        (
            "treatment",
            "{mother} was under the community team for eight months and discharged to her GP.",
            "fact",
            "1",
            "A",
            "S",
            "C",
            3,
        ),
    ),
    "housing": (
        (
            "tenancy",
            "Tenancy since 2021. Two months in arrears; a payment plan is kept.",
            "fact",
            "1",
            "A",
            "G",
            "P",
            1,
        ),
        ("incident", "Three complaints of noise at night from the flat above.", "fact", "2", "C", "G", "P", 1),
    ),
    "adult-social-care": (
        ("assessment", "A grandparent in the household has a carer twice a day.", "fact", "1", "A", "G", "P", 1),
    ),
    "idva": (
        ("contact", "{mother} had six sessions with an adviser and made a safety plan.", "fact", "1", "A", "S", "C", 2),
    ),
}

BECAUSE = {
    "red": "A child may be hurt before tomorrow. What was said is specific, recent and from someone who saw it.",
    "amber": "The concern is serious and has come before, but nothing suggests harm today.",
    "green": "Help seems to be needed. Nothing suggests harm, and other adults are looking out for the child.",
}
RATIONALE = {
    1: "What was described does not reach the threshold for any service. The referrer knows the family well and will go "
    "on supporting them; advice on local groups was given.",
    2: "There are early signs that help is needed and the family agrees to it. The needs can be met by one agency with an "
    "early help assessment.",
    3: "Needs are several and linked, and have come back after earlier help. A team around the family with a lead "
    "professional is proportionate; nothing suggests significant harm now.",
    4: "The history from several agencies and the account given now together suggest that significant harm is likely "
    "without a statutory assessment. Earlier help has not changed what daily life is like for the child.",
}
