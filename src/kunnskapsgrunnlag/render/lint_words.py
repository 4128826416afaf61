"""The words and forms that the lints of the chapters look for: the rules in their smallest parts."""

from __future__ import annotations

import re

# What stands for a mark in the prose that the lints read.
NUMBER, YEAR, REFERENCE, WORD = "\ue000", "\ue001", "\ue002", "\ue003"
STAND_INS = {"tall": NUMBER, "aar": YEAR, "ref": REFERENCE, "ord": WORD}

MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
YEAR_FORM = r"(?:1[89]|20)\d\d"
# A year typed in prose: four digits from 1800 to 2099.
TYPED_YEAR = re.compile(rf"(?<!\d)(?<!\d[ \u00a0.,:/]){YEAR_FORM}(?!\d|[,.:/]\d|[ \u00a0]\d\d\d)")
# A number: digits in groups, with decimals; also what clings to it, as in «4G» and «17–23».
DIGITS = re.compile(
    r"[-−]?\d+(?:[ \u00a0\u202f\u2009]\d{3}(?!\d))*(?:[.,:/–-]\d+)*\s?%?(?:[^\W\d_]+)?"
)

# Nouns that are counted: behind four digits they make a number of what could be a year.
COUNTED = (
    r"(?:vanskeligstilte|kommunale|av|flere|færre)?\s*(?:person|husholdning|kron|kr\b|prosent|%|mill|"
    r"milliard|tusen|lån|startlån|tilskudd|bolig|mottaker|barn|bydel|delbydel|kommune|innbygger|"
    r"tilfelle|mennesk|gang|plass|familie|husstand|voksn|leiebolig|søk)"
)
# What stands before a year: prepositions of time, seasons and months, or another year.
BEFORE_YEAR = (
    rf"(?:(?:^|[\s(«])(?:i|fra|til|siden|før|etter|mellom|enn i|innen|gjennom|året|årene|perioden|"
    rf"toppåret|unntaksåret|våren|sommeren|høsten|vinteren|desember|utgangen av|slutten av|"
    rf"midten av|begynnelsen av|{MONTHS})\s+|\(|{YEAR_FORM}(?:,|\s*[–-]|\s+og|\s+til|,? eller)\s*)"
)
ALLOWED_YEAR = re.compile(
    rf"{BEFORE_YEAR}(?P<year>{YEAR_FORM})(?!\d|[.,:/]\d|[ \u00a0]\d\d\d|\s+{COUNTED})",
    re.IGNORECASE | re.MULTILINE,
)

# Forms that can never be data. Each line: what it is called where exceptions are counted, and how
# it looks. A form is read in the prose with all marks taken out.
NEVER_DATA: dict[str, re.Pattern[str]] = {
    # «§ 27», «§§ 3–5 a»
    "lovparagraf": re.compile(r"§§?\s*\d+(?:\s*[–-]\s*\d+)*(?:\s[a-z]\b)?"),
    # «NOU 2011:15», «Meld. St. 15 (2015–2016)», «Prop. 1 S (2020–2021)», «Innst. 12 S», «Ot.prp. nr. 3»
    "offentlig dokument": re.compile(
        r"(?:NOU|Meld\. St\.|St\.\s?meld\.|Prop\.|Innst\.|Ot\.\s?prp\.|Dok\.)\s*(?:nr\.\s*)?\d+"
        rf"(?:[:/]\d+)?(?:\s[SL]\b)?(?:\s*\({YEAR_FORM}(?:[–-]{YEAR_FORM})?\))?"
    ),
    # «rapport 13/2020», «NIBR-rapport 2018:18», «byrådssak 145/19»
    "rapport eller sak": re.compile(r"(?:rapport|sak)\s+\d+[:/]\d+", re.IGNORECASE),
    # «side 13», «side 325–345», «note 113»
    "sidehenvisning": re.compile(r"\b(?:side|note)\s+\d+(?:[–-]\d+)?"),
    # SSB's tables have five digits, «tabell 09896»; ours have one or two and are references.
    "SSB-tabell": re.compile(r"\b(?:tabell|table)(?:ene|er)?\s+\d{5}(?:(?:,| og)\s+\d{5})*"),
    # «EU60»: a name in capitals with its number
    "navn med tall": re.compile(r"\b[A-ZÆØÅ]{2,}\d+\b"),
    # «2022-utgaven», «2022-utgavens»
    "utgave": re.compile(rf"\b{YEAR_FORM}-utgave\w*"),
    # «1990-tallet», «1980- og 1990-tallet»
    "tiår": re.compile(r"\b\d{4}-(?:,? og \d{4}-)?tallet"),
    # «1. januar», «1. januar 2020»
    "dato": re.compile(rf"\b\d{{1,2}}\.\s(?:{MONTHS})(?:\s{YEAR_FORM})?"),
    # «1.» in front of a point of a list
    "listenummer": re.compile(r"^\s*\d+[.)](?=\s)", re.MULTILINE),
    "år": ALLOWED_YEAR,
}
# In the definition of a footnote a bare year is that of a publication.
PUBLISHED = re.compile(rf"(?<![\d.,]){YEAR_FORM}(?!\d|[.,]\d|\s+{COUNTED})")
# «kapittel 5», «tabell 11»: typed where a reference should stand.
TYPED_REFERENCE = re.compile(r"\b(kapittel|kap\.|tabell|figur)\s+(\d+(?:\.\d+)*)\b", re.IGNORECASE)

_SMALL = (
    "to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|"
    "atten|nitten|tjue|tretti|førti|femti|seksti|sytti|åtti|nitti|hundre|tusen"
)
_ONE = rf"én|ett|{_SMALL}"
# Number words that are data: shares, counts of bydeler and delbydeler, and amounts.
NUMBER_WORDS = re.compile(
    rf"\b(?:(?:{_ONE}) av (?:(?:de|alle) )?(?:{_SMALL})\b"
    rf"|(?:{_SMALL}) av (?:\w+ )?(?:del)?bydel\w*"
    rf"|(?:{_SMALL}) (?:\w+ )?(?:del)?bydeler\b"
    rf"|(?:{_SMALL}) (?:prosent\w*|ganger|kroner|husholdninger|millioner|milliarder)\b"
    rf"|hver (?:tredje|fjerde|femte|sjette|sjuende|åttende|niende|tiende)\b"
    rf"|(?:en|én|to|tre|fire) (?:halvdel|tredel|tredjedel|firedel|fjerdedel|femdel|femtedel|"
    rf"tidel|tidedel)\w*"
    rf"|(?:{_SMALL}) (?:hundre|tusen|tusener)\b(?! år)"
    rf"|(?:over|under|rundt|nær|nesten|drøyt|knapt|høyst|minst) (?:hundre|tusen)\b(?! år))",
    re.IGNORECASE,
)

# What a vague word must stand before to be a claim: a number, or a group that the data count.
_ANY_NUMBER = rf"(?:{NUMBER}|\d|(?:{_ONE})\b|halvparten)"
_GROUPS = (
    r"(?:de |disse |andre |av |landets |byens )*(?:\w+ )?(?:bydel|delbydel|kommune|by(?:er|ene)\b|"
    r"aldersgrupp|husstandsstørrels|årene\b|år\b)"
)
_COMPARED = (
    "mer|mindre|flere|færre|høyere|lavere|større|oftere|sjeldnere|dyrere|billigere|sterkere|raskere"
)
# Words that claim something: each alternative is a stem list with its inflected forms.
CLAIM_WORDS = re.compile(
    r"\b(?:"
    r"høyest\w*|lavest\w*|flest\b|færrest\w*|størst\w*|nederst\b|øverst\b"
    r"|økte\b|økt\b|øker\b|økning\w*"
    r"|falt\b|faller\b(?! (?:utenfor|innenfor|mellom|sammen|bort))|fall\b|fallet\b|nedgang\w*|oppgang\w*"
    r"|sank\b|synker\b|sunket\b|steg\b|stiger\b|steget\b|stigning\w*"
    r"|vokst\w*|vokser\b|vekst(?:en|er)?\b"
    r"|(?:gått|gikk|går) (?:det )?(?:ned|opp|tilbake)\b(?! mot)"
    r"|(?:for|fire|tre)?doblet\b|(?:for)?dobling\w*|dobbelt så\b|halvert\b|halvering\w*|halvparten\b"
    r"|hvert (?:eneste )?år\b|år for år\b|for første gang\b|stabil\w*|uendret\b|holdt seg\b"
    rf"|(?:{_COMPARED})(?: \w+)? enn\b|mer enn\b|ganger så\b"
    r"|(?:over|under) (?:snitt\w*|gjennomsnitt\w*|landet\b|landssnitt\w*|halvparten)"
    rf"|siden (?:{YEAR_FORM}|{YEAR})"
    rf"|(?:over|under|bare|kun|nesten|nær|knapt|drøyt|rundt|om lag|omtrent|minst|høyst) {_ANY_NUMBER}"
    rf"|(?:nesten )?(?:alle|samtlige|ingen|hver) {_GROUPS}\w*"
    r")",
    re.IGNORECASE,
)
# Nouns that say that a sentence is about data even where it has no number.
DATA_NOUNS = re.compile(
    r"\b(?:andel\w*|antall\w*|prosent\w*|beløp\w*|utbetaling\w*|gjennomsnitt\w*|snittet)\b",
    re.IGNORECASE,
)
# Verbs of change: a share behind «økte med» must be a difference, not a level.
CHANGED_BY = re.compile(
    r"\b(?:økte|økt|øker|økning|falt|faller|sank|sunket|steg|steget|stiger|vokste|vokst|gikk ned|"
    r"gikk opp|gått ned|gått opp|redusert)(?:\s+\w+){0,3}?\s+med\s*$",
    re.IGNORECASE,
)

# The unit words that may follow a number, and the kind that each belongs to.
UNIT_WORDS = re.compile(
    r"(prosentpoeng|prosent|%|kroner|kr\b|millioner|mill\.|milliarder|mrd\.|tusen|ganger|personer|"
    r"husholdninger)",
    re.IGNORECASE,
)
KINDS = {
    "prosentpoeng": "prosentpoeng",
    "prosent": "prosent",
    "%": "prosent",
    "kroner": "kroner",
    "kr": "kroner",
    "millioner": "millioner",
    "mill.": "millioner",
    "milliarder": "milliarder",
    "mrd.": "milliarder",
    "tusen": "tusen",
    "ganger": "ganger",
    "personer": "personer",
    "husholdninger": "husholdninger",
}
# Unit of the record, and its scale where the mark has one -> the unit words that fit.
FITTING = {
    "prosent": {"prosent"},
    "prosentpoeng": {"prosentpoeng"},
    "kr": {"kroner"},
    "kr per måned": {"kroner"},
    "mill. kr": {"millioner"},
    "1 000 kr": {"tusen"},
    "ganger": {"ganger"},
    "personer": {"personer"},
    "husholdninger": {"husholdninger"},
}
SCALED = {"tusen": {"tusen"}, "mill": {"millioner"}, "mrd": {"milliarder"}}
