"""Names made comparable: folded to plain letters, cut into tokens, and put into classes of names that sound alike.

Nothing here knows English only: accents, transliterations, dropped and hyphenated parts, the order of the parts and
the many spellings of one name are expected. Source: design of person matching, "similarity is not neutral".
"""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a plain letter and an accent.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e", "ŋ": "n"}
)
_TITLES = {"mr", "mrs", "miss", "ms", "mx", "dr", "master", "sir", "revd", "prof"}
_PARTICLES = {"al", "el", "bin", "ibn", "bint", "binti", "ben", "de", "da", "di", "dos", "del", "der", "van", "von"}
_JOINED = {"mc", "mac", "o", "st"}
_NO_NAME = {"unborn", "baby", "unknown", "not", "known", "nk", "tbc", "unnamed"}

# One name under many spellings, where the sound alone would not show it.
_SPELLINGS = {
    "mohammed": "md mhd mohd muhd mohamd mhmd",
    "ahmed": "ahmet achmed achmet",
    "usman": "uthman othman osman usmaan othmane",
    "agnieszka": "aga",
    "albert": "bertie",
    "alexander": "alex alec alexandru aleksander alexandra sandy",
    "alfred": "alf alfie",
    "andrew": "andy drew",
    "anthony": "tony antony",
    "archibald": "archie",
    "arthur": "art",
    "barbara": "barb babs basia",
    "bartosz": "bartek",
    "benjamin": "ben benji",
    "bernard": "bernie",
    "catherine": "kate katie cathy kathy cath",
    "charles": "charlie charley",
    "charlotte": "lottie",
    "christina": "tina chrissy",
    "christopher": "chris kit",
    "daniel": "dan danny",
    "david": "dave davy",
    "deborah": "debbie deb",
    "dominic": "dom",
    "dorothy": "dot dottie dolly",
    "douglas": "doug",
    "edward": "ed eddie ted teddy",
    "eleanor": "ellie nell nellie",
    "elizabeth": "liz lizzie beth betty eliza libby elspeth",
    "emmanuel": "manny",
    "ernest": "ernie",
    "florence": "flo florrie flossie",
    "frances": "fran",
    "francis": "frank frankie",
    "frederick": "fred freddie freddy",
    "gabriel": "gabe",
    "gemma": "jemma",
    "geoffrey": "geoff jeff jeffrey",
    "georgina": "georgie",
    "gerald": "gerry jerry",
    "gillian": "gill jill",
    "gregory": "greg grzegorz",
    "harriet": "hattie",
    "henry": "harry hal",
    "imogen": "immy",
    "isabella": "bella izzy isabel isabelle",
    "jacob": "jake",
    "jacqueline": "jackie",
    "jakub": "kuba",
    "james": "jim jimmy jamie",
    "jaroslaw": "jarek",
    "jennifer": "jen jenny",
    "jessica": "jess jessie",
    "joanna": "asia jo",
    "john": "jack johnny jon",
    "joseph": "joe joey",
    "josephine": "josie",
    "joshua": "josh",
    "judith": "judy jude",
    "katarzyna": "kasia",
    "kimberley": "kim",
    "krzysztof": "krzys krzysiek",
    "lawrence": "larry laurie",
    "leonard": "len lenny",
    "lillian": "lily lil",
    "madeleine": "maddie maddy",
    "magdalena": "magda",
    "malgorzata": "gosia",
    "margaret": "maggie meg peggy",
    "matthew": "matt mateusz",
    "matilda": "tilly tilda",
    "melanie": "mel",
    "michael": "mike mick mikey michal",
    "mitchell": "mitch",
    "nathaniel": "nathan nate",
    "nicholas": "nick nicky",
    "oliver": "ollie olly",
    "olivia": "liv livvy livvie",
    "pamela": "pam",
    "patricia": "pat patsy trish",
    "patrick": "paddy",
    "penelope": "penny",
    "peter": "pete piotr pyotr piotrek",
    "philip": "phil pip",
    "philippa": "pippa",
    "raymond": "ray",
    "rebecca": "becky becca bex",
    "reginald": "reg reggie",
    "richard": "rick ricky dick richie",
    "robert": "bob bobby rob robbie bert",
    "ronald": "ron ronnie",
    "rosemary": "rosie rose",
    "russell": "russ",
    "samuel": "sam sammy samantha",
    "sebastian": "seb",
    "stanislaw": "staszek",
    "stanley": "stan",
    "stephen": "steve",
    "stuart": "stu",
    "susan": "sue susie",
    "tadeusz": "tadek",
    "teresa": "tess tessa",
    "terence": "terry",
    "theodore": "theo",
    "thomas": "tom tommy",
    "timothy": "tim",
    "tomasz": "tomek",
    "valerie": "val",
    "victoria": "vicky vikki tori",
    "vincent": "vince vinny",
    "walter": "wally",
    "william": "will bill billy liam",
    "winifred": "winnie",
    "wojciech": "wojtek",
    "yvonne": "von",
    "zachary": "zac zach zak",
    "zbigniew": "zbyszek",
    "zofia": "zosia",
}
_BASE = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split()}

# Parts that whole communities share: they tell nobody apart from others who have a further name.
_SHARED = "mohammed ahmed abdul abdel singh kaur begum bibi bi khatun khatoon uddin"

# Read from left to right; the first that fits is used. Sounds that spelling confuses share a letter.
_SOUNDS = (
    ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("chr", "kr"), ("igh", "i"), ("cz", "s"), ("ch", "s"), ("sh", "s"),
    ("sz", "s"), ("zh", "s"), ("ph", "f"), ("gh", "g"), ("kh", "k"), ("ck", "k"), ("th", "t"), ("dh", "d"),
    ("bh", "b"), ("dj", "j"), ("qu", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("x", "ks"), ("c", "k"),
    ("q", "k"), ("z", "s"), ("v", "f"), ("w", "f"), ("y", "i"), ("h", ""),
)  # fmt: skip
_SAID = dict(_SOUNDS)
_SOUND = re.compile("|".join(_SAID))
_SILENT = re.compile(r"(?<=[aeo])w(?![aeiouy])")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")
_LONGEST_CLASS = 6


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Plain lower-case letters, digits and single spaces: "O'Brien-Żak" is "obrien zak"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter) and letter not in "'’‘`ʼ")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


@lru_cache(maxsize=65_536)
def tokens(name: str) -> tuple[str, ...]:
    """The parts of a name that tell one person from another: no titles, no particles, no "unborn" or "not known"."""
    parts: list[str] = []
    waiting = ""
    for part in fold(name).split():
        if part in _JOINED and not waiting:
            waiting = part
            continue
        parts.append(waiting + part)
        waiting = ""
    kept = [part for part in parts if part not in _TITLES and part not in _NO_NAME]
    return tuple(dict.fromkeys([part for part in kept if part not in _PARTICLES] or kept))


@lru_cache(maxsize=65_536)
def name_class(token: str) -> str:
    """The class of names that sound or are spelt alike: Mohammed, Muhammad and Md are one; so are Bob and Robert."""
    name = _BASE.get(token, token)
    said = _SOUND.sub(lambda found: _SAID[found[0]], _SILENT.sub("", name))
    said = f"h{said}" if name[:1] == "h" else "s" + said[2:] if name[:1] == "x" else said
    said = _DOUBLED.sub(r"\1", said)
    first = "a" if said[:1] in "aeiouy" else said[:1]
    return (first + _VOWELS.sub("", said[1:]))[:_LONGEST_CLASS]


@lru_cache(maxsize=65_536)
def classes(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name_class(token) for token in tokens(name)))


def is_shared(token: str) -> bool:
    """Whether whole communities share it, as Mohammed, Singh or Begum."""
    return name_class(token) in _SHARED_CLASSES


_SHARED_CLASSES = frozenset(name_class(token) for token in _SHARED.split())
