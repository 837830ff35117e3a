"""What the hub of Wendmark writes: why it rated, asked and decided as it did, and what it did not know."""

CONSIDERED = (
    "The enquiry, what the hub held of each person, and who lives in the home.",
    "What was said and by whom, the earlier enquiries about the family, and the children's ages.",
    "Rang the referrer back to be sure of what was seen and what was heard. Looked at each person's earlier contacts.",
    "The account, the history and who else is in the household. It needs more than the hub holds.",
)
BECAUSE = {
    "red": (
        "A child may be hurt before tomorrow. What was said is specific, recent and from someone who saw it.",
        "The risk is now: nothing in the account says that the child is safe tonight.",
        "An injury or a threat is described and the person feared still has access to the child.",
    ),
    "amber": (
        "The concern is serious and has come before, but nothing suggests harm today.",
        "Worrying, and likely to go on unless something changes. The child is with others until the evening.",
        "The account is second-hand in part. It has to be tested against what others know, and by tomorrow.",
    ),
    "green": (
        "Help seems to be needed. Nothing suggests harm, and other adults are looking out for the child.",
        "A family under strain who are likely to take help. No sign of injury or fear.",
        "One worry, a plain explanation, and a parent who is in touch with services.",
    ),
}
HARM = (
    "What was described, if it is right, is significant harm, and nothing shows yet that it has stopped.",
    "The child was hurt, or would have been but for somebody who stepped in, and the same people are at home.",
    "The history makes it likely that the child will be harmed again unless somebody acts.",
)
NO_HARM = (
    "Nothing that was said or is known describes harm; the family is under strain and would take help.",
    "The children were seen and were well. The worry is about what would come of it without help.",
    "What was described would have to go on for longer, or be joined by something else, to be significant harm.",
)
FAST_TRACK = (
    "Someone at home may hurt the child tonight.",
    "A child has an unexplained injury and is still with the adults concerned.",
    "The person who was arrested may be released this evening.",
    "The child's whereabouts tonight are not known.",
)
PROPORTIONATE = {
    "police": "Incidents at the home and risks from the adults in it bear on the child's safety today.",
    "health": "Health staff saw the family this year and would know of injuries or missed care.",
    "education": "School or nursery sees the child each week and would know of a change.",
    "childrens-social-care": "Earlier involvement changes what the present concern means.",
    "probation": "An adult in the home may be under supervision, with conditions that bear on the child.",
    "housing": "The landlord knows who lives there and what the home is like.",
    "idva": "What the mother has told an adviser bears on how safe it is to act, and nobody else holds it.",
}
PROPORTIONATE_ELSE = (
    "What this agency knows of present help to the family bears on the concern, and nobody else holds it."
)
ENOUGH = (
    "The answers in are enough to decide on today.",
    "The agency that has not answered has been chased twice. Waiting would not change what has to happen next.",
)
WITHDRAWN = "The decision no longer turns on it; the agency was told by telephone."

# By whether it is a safeguarding concern.
ANALYSIS = {
    True: (
        "Taken together, what agencies know makes the present account more likely, and says how often it happens.",
        "Each agency held a small part. Beside one another they show a pattern that none of them saw.",
        "There is real strength in this family. It has not been enough on its own, and the worry is growing.",
        "Little was known before. What is known does not contradict the referrer, and explains some of it.",
    ),
    False: (
        "What is known is reassuring: the children are seen often and the parents ask for help.",
        "Little was known before. Nothing that is known contradicts the plain explanation that was given.",
        "The worry is real and small. It has not come before, and those around the family have noticed it early.",
    ),
}
DISSENT = (
    "We would have gone one step higher: what we see each week has not changed in a year.",
    "We think that help from one agency would have been enough, and that the family may turn away from more.",
    "The adults' accounts have not been tested. We would have waited for the answer that is still out.",
)
RATIONALE = {
    1: (
        "What was described does not reach the threshold for any service. The referrer knows the family well and will go "
        "on supporting them; advice on local groups was given.",
        "There is a plain explanation, which the referrer accepts. The parents were advised where to turn.",
        "This is an ordinary difficulty that the family and the referrer can manage between them.",
    ),
    2: (
        "There are early signs that help is needed, and the family is likely to take it. One agency can meet the needs "
        "with an early help assessment.",
        "Practical help now would keep this from getting worse. Nothing suggests that the child is at risk of harm.",
        "A single worry, seen early. The family needs one worker whom they know, and not an assessment by the council.",
    ),
    3: (
        "Needs are several and linked, and have come back after earlier help. A team around the family with a lead "
        "professional is proportionate; nothing suggests significant harm now.",
        "More than one agency has to act and they have to act together. The parents see what the worry is about.",
        "The child's daily life is affected and more than one thing would have to change. There is enough strength and "
        "agreement to do it with the family, without a statutory assessment.",
    ),
    4: (
        "The history from several agencies and the account given now together suggest that significant harm is likely "
        "without a statutory assessment. Earlier help has not changed what daily life is like for the child.",
        "What was seen this time is serious in itself, and the adults who would have to keep the child safe are part of "
        "the risk or afraid of it. The child has to be seen by a social worker.",
        "Nobody can say that the child is safe where they are. The accounts do not agree and no adult in the home has "
        "shown that they can change it alone.",
    ),
}
NOT_KNOWN = (
    "What the children themselves want was not asked this time.",
    "Who else stays in the home at night is not known.",
    "Whether the father knows of the worry is not known; nobody has spoken to him.",
    "What the surgery holds on the adults was not asked.",
    "Nobody has seen the home in the last six months.",
    "Where the family lived before they came to the area is not known.",
)
FOR_CHILD = (
    "People were worried about how things were for you at home, and wrote down why they acted.",
    "Somebody who cares about you told us that they were worried. We asked the people who know you, and agreed what to do.",
    "We wanted to know that you were safe and had what you need. This says what we did and why.",
)
NOT_SHARED = (
    "What the team was asked to do says what it needs; nothing sealed adds to that.",
    "No agency held anything that the team needs for its first visit.",
)
WHY_NOT_TOLD = {
    "raises_risk": "Telling the family now would let the person who is feared know who spoke.",
    "prejudices_inquiry": "Officers have not yet spoken to the person concerned.",
    "delay": "The parent could not be told in time without delaying help to the child.",
    "cannot_reach": "The telephone was not answered on two days, and a letter might be opened by somebody else.",
}
ALERTED = "What the agency knows of an adult in the home changes how soon the child has to be seen."
NOBODY_TO_TELL = "The caller gave no name, and no way to be reached."
ASKED_TO_BE_RUNG = "They asked to be rung on this number."
NECESSITY = (
    "Without it the first visit would be made blind.",
    "The team has to know who is in the home, and what happened before, to keep the child safe while it works.",
    "It changes whom the worker speaks to first, and where.",
)
CONDITIONS = (
    "Keep it on the case file only.",
    "Do not discuss it with the family before speaking to the hub.",
    "For the worker and their manager. Not for a report to a court without asking again.",
)
RELEASE_ENDED = {
    "returned": "Say in the purpose what the first visit is for, and leave out the older line.",
    "refused": "The team can do what it was asked to do without this.",
    "recalled": "The owner found that the entry is about another person of the same name.",
    "superseded": "The owner gave a shorter form of words, and another release takes its place.",
}
# What a referrer writes besides the worry, and how many in a hundred do, by the first sign of their source: schools write
# most of what was tried, officers least. What an agency leaves out is what its mirror shows.
HAPPENED = {
    "2": (80, "It was noticed at school on {day}, and written down there before the end of lessons."),
    "3": (65, "It was seen or said at an appointment on {day}, and is on the record of that visit."),
    "6": (90, "Officers were there on {day}. Their notes were made on the same shift."),
    "4": (55, "It was seen at a visit to the property on {day}."),
    "5": (75, "It came up at a visit on {day}, with the parent in the room for some of it."),
}
HAPPENED_ELSE = (25, "It was on {day}. Nobody else was there to see it.")
TRIED = {
    "2": (70, "The family was offered the school's own support worker, and came to the first two meetings."),
    "3": (45, "Advice was given, a leaflet in the family's language left, and a second visit made."),
    "4": (35, "A repair was ordered and a payment plan agreed."),
    "5": (80, "An early help plan was offered and reviewed once."),
}
TRIED_ELSE = (10, "We spoke to them about it ourselves, and it went well for some weeks.")
