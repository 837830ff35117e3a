"""What people of Wendmark are worried about: who says it, of a child of which age, at which level of need."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Worry:
    """`sources` are codes of contact sources, or the letter of a group; `levels` what it may be decided as.

    `ages` are whole years, both ends in; an unborn child is -1.
    """

    concern: str
    sources: str
    levels: tuple[int, int]
    ages: tuple[int, int]
    words: str


# The letters that stand for several sources of contact.
GROUPS = {
    "H": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "C": ("5A", "5B", "5C", "5D"),
    "F": ("1A", "1B", "1D", "9", "10"),
}
LOW, SOME, HIGH = (1, 2), (2, 3), (3, 4)
ANY, BABY, SMALL, SCHOOL, TEEN = (0, 17), (0, 1), (0, 5), (5, 17), (11, 17)

_ROWS: tuple[tuple[str, str, tuple[int, int], tuple[int, int], str], ...] = (
    ("da_parent", "6", LOW, ANY, "Officers were called to {home} by a neighbour who heard shouting. It was an argument about money. Nobody was hurt, {child} was asleep and {mother} wanted nothing done."),
    ("da_parent", "6", SOME, ANY, "Second call to {home} this year. {partner} had left before officers came. {mother} was tearful and said that he goes through her telephone. {child} was in the bedroom and awake."),
    ("da_parent", "6", HIGH, ANY, "Officers were called to {home} at 11.40pm by a neighbour who heard something breaking. {mother} had a red mark on her cheek and said that it was nothing. {child} was on the stairs."),
    ("da_parent", "6", HIGH, ANY, "{mother} rang 999 and the line stayed open: a man shouting, and a child crying. {partner} was arrested for assault. {mother} has a cut above the eye and is afraid of when he comes home."),
    ("da_parent", "H", SOME, ANY, "{mother} told the nurse, alone, that {partner} holds the money and has taken her bank card. She asked that nothing be written in the book that he reads."),
    ("da_parent", "3E H", HIGH, ANY, "{mother} came to A&E with two broken fingers and would not say how. When {partner} left the room she said that it was 'not the first time' and that {child} had seen it."),
    ("da_parent", "2A", SOME, (4, 17), "{child} told the class teacher that 'he makes Mum cry' and asked to stay at school until Mum comes. {he} flinches when adults raise their voices."),
    ("da_parent", "2A 2B", HIGH, (5, 17), "{child} came in without sleep and said that {partner} had held {mother} by the neck and that {he} had rung 999 and then put the telephone down. {he} does not want to go home."),
    ("da_parent", "8 7 4 C", SOME, ANY, "{mother} has asked for help to leave {partner}. She says that he follows her to the shops and has twice kept {child} from her for a night. She has not told anybody else."),
    ("da_parent", "8 7 C", HIGH, ANY, "{partner} has sent {mother} messages saying that he will 'burn the house with everyone in it'. There is a history of assault. {mother} and {child} are staying with a friend tonight."),
    ("da_parent", "F", (2, 4), ANY, "I hear him shouting at {mother} most nights and last night something hit the wall. {child} was crying. I am afraid of what he will do if he knows who rang."),
    ("neglect", "2A", LOW, (3, 11), "{child} has come in without a coat or a packed lunch several times this half-term. {mother} says that money is short until the end of the month and was grateful for the breakfast club."),
    ("neglect", "2A 2B", SOME, (4, 17), "{child} comes to school in the same unwashed clothes most days and is hungry on Mondays. Attendance is down to 81 per cent. {mother} does not answer letters or calls."),
    ("neglect", "2A", HIGH, (4, 15), "{child} has head lice that bleed, has lost weight since the summer and took food from the bin. {he} said that there is nothing in the house and that {he} puts {himself} to bed. Three letters to {mother} have gone unanswered."),
    ("neglect", "3B 3D 3A", LOW, (0, 4), "{child} was not brought to the two-year check or for the second injections. {mother} says that she forgot and has made another appointment."),
    ("neglect", "3B", HIGH, (0, 4), "On a home visit there was no food in the kitchen and the floor was covered in rubbish and animal mess. {child} was in a wet nappy that had leaked through and has a sore rash. {mother} did not seem to see it."),
    ("neglect", "3C 3A 3F 3E", SOME, (3, 17), "{child} has missed four dental appointments and is in pain. {mother} says that she cannot get {him} there. {his} teeth are broken down and {he} has been on antibiotics twice."),
    ("neglect", "3E", HIGH, (0, 6), "{child} was brought to A&E after swallowing tablets that were on the floor at home. It is the second such accident in four months, and nobody could say who had been watching {him}."),
    ("neglect", "4 C", SOME, ANY, "The property is damp, there is no heating and the back door does not lock. {mother} has not reported the repairs. {child} was in a coat indoors and has a cough."),
    ("neglect", "6", HIGH, (1, 11), "{child} was found alone in the street at 10pm by a passer-by. At {home} {mother} was asleep and could not be woken for some minutes. She did not know that {he} was out."),
    ("neglect", "F", LOW, ANY, "The children from number {number} are out on the street until all hours and look as if nobody washes them. I do not want to make trouble but somebody should have a look."),
    ("neglect", "F", HIGH, (1, 10), "{mother} goes out at night and leaves {child} in the house with nobody. I have heard {him} crying at the window. It was three times last week."),
    ("neglect", "8 7", SOME, ANY, "{mother} came to the food bank for the fourth time this month. The electricity meter has run out and {child} has been washing at a relative's. She is ashamed and does not ask for help."),
    ("mh_parent", "3A 3F", SOME, ANY, "{mother} has not slept properly for weeks, cries most days and says that she is 'just getting through'. She asked what help there is with {child} and agreed that I should ring."),
    ("mh_parent", "3A 3F 3E", HIGH, ANY, "{mother} took an overdose last night and was seen in A&E. {child} was in the house. She says that she would do it again, and nobody else at home could look after {him}."),
    ("mh_parent", "3B 3D", HIGH, BABY, "{mother} says that {child} looks at her 'as if {he} knows' and that she is frightened to be alone with the baby. She has stopped opening the curtains. She was unwell after an earlier birth."),
    ("mh_parent", "2A", LOW, (4, 17), "{mother} told the office that she has been signed off with depression and that mornings are hard. {child} has been late seven times. She would like somebody to talk to."),
    ("mh_parent", "2A 2B", SOME, (7, 17), "{child} stays at home to look after {mother} when she is 'having a bad day'. {he} cooks, and gives {mother} her tablets. {he} has missed eleven days since September."),
    ("mh_parent", "6", HIGH, ANY, "{mother} was found on the railway bridge and taken to hospital under section 136. {child} had been left with a neighbour who does not know the family well."),
    ("mh_parent", "C 8 7", SOME, ANY, "{mother} did not open the door to three visits and has stopped taking her medicine. A relative says that she hears voices when she is unwell. {child} has been getting up and dressed alone."),
    ("mh_parent", "F", SOME, ANY, "My sister {mother} is not herself. She says that people are watching the house, and keeps {child} indoors. She was like this once before and ended up in hospital."),
    ("emotional", "2A", SOME, SCHOOL, "{child} told a teacher that {mother} calls {him} stupid and says that she wishes {he} had not been born. {he} asked whether children can live at school."),
    ("emotional", "3C 2A 8", SOME, SCHOOL, "{child} is blamed for everything at home and eats alone. {he} says that {he} is 'the bad one'. A relative has seen it more than once."),
    ("emotional", "7 5C", (2, 4), ANY, "In contact proceedings {child} is questioned after each visit by both parents, and cries at handover. Each says that the other will 'take {him} away'. The court has asked what the council knows."),
    ("emotional", "F", LOW, ANY, "She screams at those children from morning to night. I have never seen her hit them. I thought that somebody ought to know."),
    ("physical_adult", "2A", HIGH, (3, 17), "{child} has a bruise the shape of a hand on the upper arm and gave two different explanations. {mother} said that {he} fell from a bunk bed."),
    ("physical_adult", "2A 2B", (3, 4), SCHOOL, "{child} said 'he hit me with the belt' and then that it was a joke. There are two marks on the back of {his} legs. {he} begged staff not to ring home."),
    ("physical_adult", "3E 3A", HIGH, BABY, "{child} was brought with a swollen arm. The X-ray shows a break that is some days old. The explanation, that {he} rolled off the sofa, does not fit the injury."),
    ("physical_adult", "3E 3A", LOW, (2, 12), "{child} was seen with a cut to the chin after a fall in the playground. A nurse asked for a check because it was the second visit this month. The accounts of {child} and {mother} agree."),
    ("physical_adult", "6", (3, 4), (3, 17), "{child} told officers that {partner} had thrown a plate that hit {him}. There is a cut to the forehead. {partner} says that it slipped."),
    ("physical_adult", "F", (2, 4), (2, 15), "I saw {mother} drag {child} by the hair into the car outside the shop and slap {him} hard. Other people saw it too."),
    ("physical_adult", "8 7 C", HIGH, SCHOOL, "{child} told the youth worker that {he} is hit with a shoe when {he} gets things wrong, and showed a bruise on the hip. {he} was worried about getting {mother} into trouble."),
    ("alcohol_parent", "2A", HIGH, (4, 11), "{mother} came to collect {child} smelling strongly of alcohol and was unsteady. She drove away before staff could stop her."),
    ("alcohol_parent", "2A 3C", SOME, SCHOOL, "{child} says that {he} hides bottles and that {mother} sleeps on the sofa after school. {he} gets the tea for everybody."),
    ("alcohol_parent", "6", HIGH, (2, 10), "{mother} was found asleep in the park in the afternoon with {child} playing near the road. She had been drinking and could not give her address."),
    ("alcohol_parent", "H", SOME, ANY, "{mother} disclosed a bottle of wine most evenings and more at weekends. She wants to cut down, and has asked for help. {child} is well and meeting milestones."),
    ("alcohol_parent", "F 4 C", LOW, ANY, "There are parties at {home} every weekend with people drinking in the garden. I do not know who looks after {child} when it is going on."),
    ("drugs_parent", "6", HIGH, ANY, "A warrant at {home} found cannabis, scales and a quantity of tablets within reach of {child}. Three adults whom {mother} could not name were in the house. {mother} was interviewed and released."),
    ("drugs_parent", "4", HIGH, ANY, "A housing visit found cannabis plants in the back bedroom, next to the room where {child} sleeps. Several adults whom {mother} could not name were there."),
    ("drugs_parent", "3A 3D 3F 7 8 C", SOME, ANY, "{mother} has missed three appointments with the drug service and her prescription was not collected. She was doing well until {partner} came back."),
    ("drugs_parent", "2A F", (2, 4), SCHOOL, "{child} says that 'the men' come to the house at night and that {he} has to stay upstairs. {he} is often late and says that {he} cannot sleep. {his} clothes smell of cannabis."),
    ("behaviour", "2A 2B", SOME, TEEN, "{child} has been suspended twice this term and has threatened {mother} at home. She says that she can no longer manage and is afraid."),
    ("behaviour", "1A", SOME, TEEN, "{child} pushed me and broke the kitchen door when I took {his} telephone. I am {his} mother and I do not know what to do any more."),
    ("behaviour", "6 5B 8", SOME, TEEN, "{child} was brought home by officers at 1am, the second time this month, after a fire was lit in the park. {mother} was polite and tired and asked what help there is."),
    ("mh_child", "2A", HIGH, TEEN, "{child} showed a friend cuts on {his} arms and said that {he} wanted it all to stop. {mother} did not know."),
    ("mh_child", "3A 3F", SOME, TEEN, "{child} has not left {his} room for two weeks and has stopped eating with the family. {mother} asked for an urgent appointment."),
    ("mh_child", "2A 3C 8", LOW, SCHOOL, "{child} has been anxious since moving house and cries before school. {mother} has tried what the school nurse suggested and would like family support."),
    ("sexual_adult", "2A", HIGH, (4, 12), "{child} said that a man who visits the home 'plays a secret game' and would not say more. {he} drew something that a child of this age would not know."),
    ("sexual_adult", "6 8", HIGH, TEEN, "{child} told a friend's parent that a relative touched {him} when {he} was younger and that he has begun to visit again."),
    ("sexual_adult", "1A 1B", HIGH, (3, 15), "{child} told me that {partner} comes into the bathroom when {he} is washing and that {he} has asked him not to. I believe {him}."),
    ("cse", "2A 6 8", HIGH, (12, 17), "{child} has a new telephone and clothes that {mother} did not buy, and is collected from {school} by men in different cars."),
    ("cse", "6", HIGH, (13, 17), "{child}, reported missing on Friday, was found in a hotel room with two adults. {he} says that they are friends and will not say who paid."),
    ("cce", "6 7", HIGH, (12, 17), "{child} was stopped at the railway station of another town with £340 in cash and a second telephone. {he} would not say who had sent {him}."),
    ("cce", "2A 5B 1A", (3, 4), (12, 17), "{child} owes money and is frightened to say to whom. There have been men at the door, and {he} has stopped walking to school alone."),
    ("education", "2B 2A", SOME, SCHOOL, "{child} has not been seen in school for five weeks. Messages are answered by text; nobody has opened the door on two visits."),
    ("education", "2B 5D", LOW, SCHOOL, "{mother} has taken {child} out of school to teach at home. The plan is thin. There are no other worries, and {mother} would welcome a visit."),
    ("housing", "4 8", HIGH, ANY, "The family is to be evicted on Friday and has nowhere to go. {mother} has been sleeping in the car with {child}."),
    ("housing", "4 8 5D H", LOW, ANY, "The family is in one room of a shared house and waiting to be rehoused. {mother} manages well and would like help with the form and with a nursery place."),
    ("unborn", "3D 3A", SOME, (-1, -1), "{mother} booked at 22 weeks and has missed two scans. She says that the bus is two hours each way. She came to the last appointment and wants to do her best."),
    ("unborn", "3D 3B 3A", HIGH, (-1, -1), "{mother} is pregnant and an older child was removed from her care six years ago in another county. {partner} is not allowed unsupervised contact with children."),
    ("unborn", "6 C 7", HIGH, (-1, -1), "{mother}, who is pregnant, was pushed on the stairs by {partner} and was taken to hospital to be checked. The baby was not harmed. She says that he did not mean it."),
    # What every kind of caller may say of a child of any age, so that nobody rings with nothing to say.
    ("neglect", "H", LOW, ANY, "{child} was not brought to two appointments. {mother} was friendly on the telephone, said that buses are a problem and took a new date."),
    ("neglect", "H", HIGH, ANY, "{child} has lost weight between two visits, was dirty and very quiet, and {mother} did not know what {he} had eaten. A plan was agreed in the spring and has not been followed."),
    ("da_parent", "4 8 7 C", LOW, ANY, "{mother} and {partner} have separated and argue at handover in front of {child}. There has been no violence. Both would take advice on how to keep {child} out of it."),
    ("neglect", "4", HIGH, ANY, "At a gas check the rooms were full of rubbish to the windows, and {child} was on a mattress among it. {mother} asked the engineer to say nothing."),
    ("neglect", "2A", LOW, (2, 4), "{child} has been tired and hungry at nursery and was collected late four times. {mother} has started a new job and would like help with hours."),
    ("da_parent", "2A", HIGH, (2, 4), "{mother} came to collect {child} from nursery with a black eye and said that {partner} would be angry that she was late. {child} clung to staff."),
    ("da_parent", "5A 5C", HIGH, ANY, "Our records show that {partner} has moved in with {mother}. He has a conviction for violence to an earlier partner, and was not to live with children. {mother} may not know."),
    ("neglect", "2B", LOW, ANY, "The free nursery or school place for the family has not been taken up this term. {mother} has not answered two letters. Nothing else is known."),
    ("neglect", "2B", HIGH, ANY, "On a visit about attendance the door was opened by a small child. {mother} could not be roused for ten minutes and there was no food. {child} said that this is 'what it is like'."),
)  # fmt: skip
WORRIES = tuple(
    Worry(concern, " ".join(" ".join(GROUPS.get(part, (part,))) for part in sources.split()), levels, ages, words)
    for concern, sources, levels, ages, words in _ROWS
)

# concern: what it does to the child, each with the ages of which it may be said
IMPACTS: dict[str, tuple[tuple[tuple[int, int], str], ...]] = {
    "da_parent": (
        (SCHOOL, "{child} has been quiet and tearful and does not want to go home."),
        (SCHOOL, "{child} watches the door, and asks where {mother} is several times a day."),
        (SMALL, "{child} startles at loud voices and clings to {mother}."),
    ),
    "neglect": (
        (SCHOOL, "{child} is tired and falls asleep in class."),
        (SMALL, "{child} is slow to talk, and goes to any adult for comfort."),
        (ANY, "{child} is often unwell and it takes a long time before help is asked for."),
    ),
    "mh_parent": (
        (SCHOOL, "{child} looks after {mother} and worries when away from her."),
        (SMALL, "{child} is very quiet and looks to others before {mother}."),
    ),
    "emotional": ((SCHOOL, "{child} says that everything is {his} fault."),),
    "physical_adult": (
        (SCHOOL, "{child} did not want the mark to be seen."),
        (BABY, "{child} cries when the nappy or clothes are changed."),
    ),
    "alcohol_parent": ((SCHOOL, "{child} counts the bottles and does not bring friends home."),),
    "drugs_parent": ((SCHOOL, "{child} is often late and says that {he} cannot sleep."),),
    "behaviour": ((SCHOOL, "{child} is angry and has lost friends."),),
    "mh_child": ((SCHOOL, "{child} says that nothing will get better."),),
    "sexual_adult": ((SCHOOL, "{child} does not want to be left with the visitor."),),
    "cse": ((TEEN, "{child} has pulled away from friends and family."),),
    "cce": ((TEEN, "{child} is frightened and will not go out alone."),),
    "education": ((SCHOOL, "{child} has no contact with friends."),),
    "housing": ((ANY, "{child} has been moved from place to place and is unsettled."),),
    "unborn": (((-1, -1), "The baby is not born yet; little has been prepared."),),
}
STRENGTHS = (
    "{mother} speaks warmly of {child} and has her sister near by.",
    "{mother} asked for help herself.",
    "{mother} has taken advice before and did well.",
    "{mother} keeps in touch with the school and the surgery.",
    "A grandmother helps at weekends and would do more.",
    "A neighbour whom {mother} trusts looks in most days.",
    "The home is usually clean and warm.",
    "{child} has an older cousin to turn to.",
    "",
    "",
    "",
)
