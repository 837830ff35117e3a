"""Names of the people of Wendmark, in the proportions of its two areas. Everybody is made up."""

from random import Random

# group: (girls and women, boys and men, surnames, ethnicity codes, first language)
GROUPS = {
    "british": (
        "Chloe Ellie Megan Amelia Isla Poppy Daisy Lily Freya Evie Grace Ruby Jessica Lauren Kirsty Stacey Donna Tracey "
        "Gemma Leanne Kelly Hayley Natalie Amy Rachel Zoe Paige Courtney Demi Skye".split(),
        "Jack Oliver Harry Alfie Charlie Jayden Mason Logan Kyle Ryan Liam Callum Connor Josh Lewis Dean Lee Craig Darren "
        "Wayne Scott Gary Shaun Jordan Tyler Kieran Reece Archie Noah Finley".split(),
        "Bell Marsden Ashworth Holden Pickup Bracewell Yates Thorne Penrose Trelawny Coombe Luscombe Chugg Northcott "
        "Hartley Duckworth Entwistle Catlow Haworth Riding Bickle Westcott Tapper Gale Rowe Hext Furze Lock Dyer Hocking "
        "Barrow Clegg Fenton Grimshaw Kershaw Ormerod Pollard Ramsden Sutcliffe Whittle".split(),
        ("WBRI",),
        "English",
    ),
    "south_asian_muslim": (
        "Aisha Fatima Zainab Maryam Khadija Sana Hira Iqra Nadia Shazia Rukhsana Nasreen Saima Amina Safiya Hafsa Zara".split(),
        "Mohammed Muhammad Hamza Bilal Usman Imran Adnan Yusuf Ibrahim Zubair Tariq Khalid Asif Haroon Ismail Saad".split(),
        "Khan Hussain Ahmed Ali Akhtar Patel Malik Iqbal Mahmood Begum Bibi Shah Rashid Aslam Butt Chaudhry".split(),
        ("APKN", "APKN", "ABAN", "AIND"),
        "Urdu",
    ),
    "sikh_hindu": (
        "Simran Jasmin Manpreet Harleen Priya Anjali Kavita Meena Neha Pooja Gurpreet Rajvinder".split(),
        "Arjun Gurdeep Harjit Jaspal Rohan Vikram Sanjay Amarjit Balraj Dilip Karan Manjit".split(),
        "Singh Kaur Sharma Gill Sandhu Patel Dhillon Grewal Mistry Desai Joshi Verma".split(),
        ("AIND",),
        "Punjabi",
    ),
    "polish": (
        "Zuzanna Maja Oliwia Agnieszka Katarzyna Magdalena Joanna Weronika Alicja Ewa".split(),
        "Jakub Szymon Kacper Piotr Marcin Tomasz Krzysztof Wojciech Filip Antoni".split(),
        "Kowalski Nowak Wisniewski Zielinski Lewandowski Kaminski Mazur Wojcik Krawczyk Pawlak".split(),
        ("WOTH",),
        "Polish",
    ),
    "west_african": (
        "Adaeze Chioma Ngozi Folake Yewande Abena Akosua Efua Amara Ifeoma Temitope Blessing".split(),
        "Chidi Emeka Kofi Kwame Tunde Babatunde Oluwaseun Kwabena Ikenna Obinna Segun Yaw".split(),
        "Okafor Adeyemi Mensah Boateng Nwosu Okonkwo Owusu Afolabi Eze Asante Balogun Osei".split(),
        ("BAFR",),
        "English",
    ),
    "mixed_caribbean": (
        "Tiana Shanice Jade Keisha Monique Alesha Leah Renee Tamara Naomi".split(),
        "Marlon Tyrese Dwayne Leroy Andre Jerome Kai Isaiah Malachi Curtis".split(),
        "Campbell Grant Francis Morgan Bailey Clarke Reid Gordon Samuels Lewis".split(),
        ("MWBC", "BCRB"),
        "English",
    ),
}

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
SCHOOLS = (
    "Wendbridge Primary School;St Aldate's C of E Primary;Moorgate Academy;Harrow Quay Primary;Ferryside Infants;"
    "Upper Town High School;The Weir Secondary School;Little Acorns Nursery;Beacon Hill Community School;Docklands Academy"
).split(";")
SURGERIES = (
    "Weir Street Surgery;Moorland Medical Centre;Quayside Practice;Upper Town Health Centre;Chapel Road Surgery".split(
        ";"
    )
)


def group_of(area: str, draw: Random) -> str:
    """The name group of a family of this area."""
    groups, weights = zip(*SHARES[area], strict=True)
    return draw.choices(groups, weights)[0]


def nhs_number(draw: Random) -> str:
    """A number from the range that the NHS keeps for tests, with its check digit."""
    while True:
        nine = "999" + "".join(str(draw.randrange(10)) for _ in range(6))
        rest = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if rest != 10:
            return f"{nine}{0 if rest == 11 else rest}"
