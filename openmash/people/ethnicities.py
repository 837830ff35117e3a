"""Ethnicities with the Department for Education's codes, in the groups of the census."""

GROUPS: dict[str, dict[str, str]] = {
    "White": {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "Any other White background",
    },
    "Mixed": {
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other mixed background",
    },
    "Asian or Asian British": {
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
    },
    "Black or Black British": {
        "BCRB": "Caribbean",
        "BAFR": "African",
        "BOTH": "Any other Black background",
    },
    "Chinese": {"CHNE": "Chinese"},
    "Other": {"OOTH": "Any other ethnic group"},
    "Not stated": {"REFU": "Refused", "NOBT": "Not yet obtained"},
}
ETHNICITIES: dict[str, str] = {code: name for group in GROUPS.values() for code, name in group.items()}
CHOICES = tuple((group, tuple(codes.items())) for group, codes in GROUPS.items())
