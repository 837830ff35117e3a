"""Names of the people of Wendmark, in the proportions of its two areas. Everybody is made up."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Group:
    """The names that families of one background give, and with how often which ethnicity code and first language."""

    girls: list[str]
    boys: list[str]
    women: list[str]
    men: list[str]
    surnames: list[str]
    origins: tuple[tuple[str, str], ...]


def _group(women: str, men: str, surnames: str, *origins: tuple[str, str], girls: str = "", boys: str = "") -> Group:
    return Group((girls or women).split(), (boys or men).split(), women.split(), men.split(), surnames.split(), origins)


GROUPS = {
    "british": _group(
        "Chloe Jessica Lauren Kirsty Stacey Donna Tracey Gemma Leanne Kelly Hayley Natalie Amy Rachel Zoe Paige Courtney "
        "Demi Sian Becky Carly Jodie Lindsey Samantha Vicky Charlotte Toni Sarah Claire Nicola",
        "Kyle Ryan Liam Callum Connor Josh Lewis Dean Lee Craig Darren Wayne Scott Gary Shaun Jordan Kieran Reece Ben "
        "Carl Danny Gavin Jamie Karl Luke Mark Nathan Paul Stuart Terry",
        "Bell Marsden Ashworth Holden Pickup Bracewell Yates Thorne Penrose Trelawny Coombe Luscombe Chugg Northcott "
        "Hartley Duckworth Entwistle Catlow Haworth Riding Bickle Westcott Tapper Gale Rowe Hext Furze Lock Dyer Hocking "
        "Barrow Clegg Fenton Grimshaw Kershaw Ormerod Pollard Ramsden Sutcliffe Whittle Aspden Brierley Cross Dawes Ellis "
        "Fairclough Gibbons Hindle Isherwood Jolly Kenyon Livesey Mercer Nuttall Oldham Parkinson Quick Rushton Shaw "
        "Tattersall Venn Walmsley",
        ("WBRI", "English"),
        girls="Ellie Megan Amelia Isla Poppy Daisy Lily Freya Evie Grace Ruby Skye Ava Ivy Florence Maisie Lacey Willow "
        "Harper Rosie Layla Sophie Matilda Erin Esme Tilly Bonnie Eliza Summer Millie",
        boys="Jack Oliver Harry Alfie Charlie Jayden Mason Logan Tyler Archie Noah Finley George Theo Leo Freddie Oscar "
        "Riley Kai Tommy Jenson Teddy Reuben Frankie Bobby Harvey Elliot Jude Zac Albie",
    ),
    "south_asian_muslim": _group(
        "Aisha Fatima Zainab Maryam Khadija Sana Hira Iqra Nadia Shazia Rukhsana Nasreen Saima Amina Safiya Hafsa Zara "
        "Sumaira Tahira Bushra",
        "Mohammed Muhammad Hamza Bilal Usman Imran Adnan Yusuf Ibrahim Zubair Tariq Khalid Asif Haroon Ismail Saad "
        "Waseem Naveed",
        "Khan Hussain Ahmed Ali Akhtar Patel Malik Iqbal Mahmood Shah Rashid Aslam Butt Chaudhry Mirza Qureshi Javed",
        ("APKN", "Urdu"), ("APKN", "Punjabi"), ("APKN", "English"), ("ABAN", "Bengali"), ("AIND", "Gujarati"),
    ),
    "sikh_hindu": _group(
        "Simran Jasmin Manpreet Harleen Priya Anjali Kavita Meena Neha Pooja Gurpreet Rajvinder",
        "Arjun Gurdeep Harjit Jaspal Rohan Vikram Sanjay Amarjit Balraj Dilip Karan Manjit",
        "Singh Sharma Gill Sandhu Patel Dhillon Grewal Mistry Desai Joshi Verma",
        ("AIND", "Punjabi"), ("AIND", "Gujarati"), ("AIND", "English"),
    ),
    "polish": _group(
        "Zuzanna Maja Oliwia Agnieszka Katarzyna Magdalena Joanna Weronika Alicja Ewa",
        "Jakub Szymon Kacper Piotr Marcin Tomasz Krzysztof Wojciech Filip Antoni",
        "Kowalski Nowak Wisniewski Zielinski Lewandowski Kaminski Mazur Wojcik Krawczyk Pawlak",
        ("WOTH", "Polish"),
    ),
    "west_african": _group(
        "Adaeze Chioma Ngozi Folake Yewande Abena Akosua Efua Amara Ifeoma Temitope Blessing",
        "Chidi Emeka Kofi Kwame Tunde Babatunde Oluwaseun Kwabena Ikenna Obinna Segun Yaw",
        "Okafor Adeyemi Mensah Boateng Nwosu Okonkwo Owusu Afolabi Eze Asante Balogun Osei",
        ("BAFR", "English"),
    ),
    "mixed_caribbean": _group(
        "Tiana Shanice Jade Keisha Monique Alesha Leah Renee Tamara Naomi",
        "Marlon Tyrese Dwayne Leroy Andre Jerome Kai Isaiah Malachi Curtis",
        "Campbell Grant Francis Morgan Bailey Clarke Reid Gordon Samuels Lewis",
        ("MWBC", "English"), ("BCRB", "English"),
    ),
}  # fmt: skip
# What a surname becomes for a girl or woman.
_FEMININE = {"Singh": "Kaur"}

# Wend Valley is a county of towns and moor; Harrowmouth a port where two in five children are of minority ethnicity.
SHARES = {
    "wend-valley": (
        ("british", 88),
        ("polish", 5),
        ("south_asian_muslim", 3),
        ("mixed_caribbean", 2),
        ("west_african", 2),
    ),
    "harrowmouth": (
        ("british", 58),
        ("south_asian_muslim", 24),
        ("sikh_hindu", 5),
        ("polish", 5),
        ("west_african", 4),
        ("mixed_caribbean", 4),
    ),
}

STREETS = (
    "Mill Lane;Chapel Street;Quarry Road;Station Road;Canal Row;Weavers Close;Bramble Way;Foundry Street;Harbour View;"
    "Rope Walk;Bridge Street;Orchard Rise;Moorside;Tannery Court;Fellside Avenue;Church Hill;Ferry Road;Larch Grove;"
    "Saltmarsh Drive;Victoria Terrace;Hawthorn Crescent;Beacon Road;Kiln Street;Meadow Bank;Cooper's Yard;Queens Parade"
).split(";")
# By area: from which age on, and where to.
_SCHOOLS = {
    "wend-valley": (
        (16, ("Wend Valley College",)),
        (11, ("The Weir Secondary School", "Moorgate Academy", "Beacon Hill Community School")),
        (4, ("Wendbridge Primary School", "St Aldate's C of E Primary", "Fellside Primary School")),
        (3, ("Little Acorns Nursery", "Wendbridge Nursery")),
    ),
    "harrowmouth": (
        (16, ("Harrowmouth College",)),
        (11, ("Upper Town High School", "Docklands Academy")),
        (4, ("Harrow Quay Primary", "Ferryside Primary School", "St Brannoc's Catholic Primary")),
        (3, ("Rope Walk Nursery", "Quayside Nursery")),
    ),
}
SURGERIES = {
    "wend-valley": ("Weir Street Surgery", "Moorland Medical Centre", "Chapel Road Surgery"),
    "harrowmouth": ("Quayside Practice", "Upper Town Health Centre"),
}


def group_of(area: str, draw: Random) -> Group:
    """The names that a family of this area gives."""
    groups, weights = zip(*SHARES[area], strict=True)
    return GROUPS[draw.choices(groups, weights)[0]]


def surname_for(surname: str, sex: str) -> str:
    """A Sikh woman is Kaur where her brother is Singh; a Polish woman is Kowalska where he is Kowalski."""
    if sex != "F":
        return surname
    return _FEMININE.get(surname) or (surname[:-1] + "a" if surname.endswith("ski") else surname)


def school_at(area: str, age: int, pick: int) -> str:
    """Where a child goes who was of this age when the school year began; those who share the `pick` go together."""
    for least, names in _SCHOOLS[area]:
        if age >= least:
            return names[pick % len(names)]
    return ""


def nhs_number(draw: Random) -> str:
    """A number from the range that the NHS keeps for tests, with its check digit."""
    while True:
        nine = "999" + "".join(str(draw.randrange(10)) for _ in range(6))
        rest = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if rest != 10:
            return f"{nine}{0 if rest == 11 else rest}"
