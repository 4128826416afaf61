"""The words and forms that the lints of the chapters look for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kunnskapsgrunnlag.base.regions import BY_KEY

# What stands for a mark in the prose that the lints read.
NUMBER, YEAR, REFERENCE, WORD = "\ue000", "\ue001", "\ue002", "\ue003"
STAND_INS = {"tall": NUMBER, "aar": YEAR, "ref": REFERENCE, "ord": WORD}

MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
YEAR_FORM = r"(?:1[89]|20)\d\d"
# A year typed in prose: four digits from 1800 to 2099.
TYPED_YEAR = re.compile(rf"(?<!\d)(?<!\d[ \u00a0.,:/]){YEAR_FORM}(?!\d|[,.:/]\d|[ \u00a0]\d\d\d)")
# A number: digits in groups, with decimals; also what clings to it, as in «4G» and «17–23».
DIGITS = re.compile(
    r"[-−]?\d+(?:[ \u00a0\u202f\u2009]\d{3}(?!\d))*(?:[.,:/–-]\d+)*(?:\s?%|[^\W\d_]+)?"
)

# Nouns that are counted: behind four digits they make a number of what could be a year.
COUNTED = (
    r"(?:vanskeligstilte|kommunale|av|flere|færre)?\s*(?:person|husholdning|kron|kr\b|prosent|%|mill|"
    r"milliard|tusen|lån|startlån|tilskudd|bolig|mottaker|barn|bydel|delbydel|kommune|innbygger|"
    r"tilfelle|mennesk|gang|plass|familie|husstand|voksn|leiebolig|søk)"
)
# What stands before a year: prepositions of time, seasons and months, a bracket, or another year.
BEFORE_YEAR = re.compile(
    rf"(?:(?:^|[\s(«])(?:i|fra|til|til og med|siden|før|etter|mellom|for|innen|gjennom|gjelder|"
    rf"året|årene|perioden|toppåret|unntaksåret|våren|sommeren|høsten|vinteren|utgangen av|"
    rf"slutten av|midten av|begynnelsen av|{MONTHS})\s+"
    rf"|\(|{YEAR_FORM}(?:,|\s*[–-]|\s+og|\s+til|,? eller)\s*)$",
    re.IGNORECASE,
)
NO_YEAR = re.compile(rf"\s+{COUNTED}", re.IGNORECASE)

# Forms that can never be data. Each line: what it is called where exceptions are counted, and how
# it looks. A form is read in the prose with all marks taken out.
NEVER_DATA: dict[str, re.Pattern[str]] = {
    # «§ 27», «§§ 3–5 a»
    "lovparagraf": re.compile(r"§§?\s*\d+(?:\s*[–-]\s*\d+)*(?:\s[a-z]\b)?"),
    # «NOU 2011:15», «Meld. St. 15 (2015–2016)», «Prop. 1 S (2020–2021)», «Ot.prp. nr. 3»
    "offentlig dokument": re.compile(
        r"NOU\s\d{4}:\s?\d+"
        r"|(?:Meld\. St\.|St\.\s?meld\.|Prop\.|Innst\.|Ot\.\s?prp\.|Dok\.)\s*(?:nr\.\s*)?\d+"
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
}


def years(text: str, *, everywhere: bool = False) -> Iterator[tuple[int, int]]:
    """Where years stand in a text: behind a word of time, and with no noun that is counted behind.

    Args:
        everywhere: Without a word of time too, as in the footnotes' lists of publications.
    """
    for match in TYPED_YEAR.finditer(text):
        timed = everywhere or BEFORE_YEAR.search(text[: match.start()])
        if timed and not NO_YEAR.match(text, match.end()):
            yield match.span()


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

_PLACE_NAMES = "|".join(sorted({re.escape(r.name) for r in BY_KEY.values()} - {"Oslo"}))
_MORE = "større|mindre|flere|færre|høyere|lavere|dyrere|billigere"
_COMPARED = rf"(?:mer|oftere|sjeldnere|sterkere|raskere|{_MORE})"
# With these a sentence about data claims something, wherever it stands.
FIRM_WORDS = re.compile(
    r"\b(?:"
    r"(?<!fra )høyest\w*|(?<!høyest til )lavest\w*|flest\b|færrest\w*|størst\w*"
    r"|økte\b|økt\b|falt\b|sank\b|sunket\b|steg\b|steget\b|vokst\b|vokste\b(?!.* opp\b)"
    r"|avtok\b|avtatt\b|minket\b|krympet\b|redusert\w*|reduksjon\w*|svinge[rt]\w*|rekord\w*"
    r"|nedgang\w*|(?:gått|gikk) (?:det )?(?:ned|opp|tilbake)\b(?! mot)"
    r"|(?:for|fire|tre)?doblet\b|(?:for)?dobling\w*|dobbelt så\b|ganger så\b"
    r"|halvert\b|halvering\w*|halvparten\b"
    r"|hvert (?:eneste )?år\b|år for år\b|for første gang\b|holdt seg\b"
    r"|(?:fikk|får|fått) (?:\w+ )?(?:flere|færre)\b(?! av\b)|over hele perioden\b"
    r"|endret seg\b|skiller seg ut\b|u?jevnt fordelt\b"
    r"|de fleste (?:\w+ )?(?:(?:del)?bydel|kommuner|by)\w*"
    rf"|bl(?:e|itt|ir) (?:\w+ )?(?:{_MORE})\b|jo (?:{_MORE})\b"
    r"|(?:ligger|ligge|lå|ligget) (?:\w+ )?(?:over|under|foran|bak)\b(?! etter)"
    r"|(?:over|under) (?:snitt\w*|gjennomsnitt\w*|landet\b|landssnitt\w*|halvparten)"
    rf"|{_COMPARED}(?: \w+){{0,5}}? enn (?:i |ellers i |hele |det |for |noen )*"
    r"(?:landet|lands\w+|snitt\w*|gjennomsnitt\w*|Oslo|andel\w*|antall\w*|før\b|noe år|"
    rf"(?:alle )?(?:de )?andre (?:by|kommun|sted)\w*|(?:(?:{MONTHS}) )?{YEAR_FORM}|{YEAR}|{NUMBER})"
    r"|(?:nesten )?(?:alle|samtlige|ingen)(?: av)?(?: de| disse)? (?:\w+ )?"
    r"(?:(?:del)?bydel|kommuner|byer|byene|aldersgrupp|husstandsstørrels)\w*|alle (?:de )?årene\b"
    rf"|hver (?:del)?bydel har\b|(?:bare|kun)(?: i| på)? (?-i:{_PLACE_NAMES})\b"
    r")",
    re.IGNORECASE,
)
# With these it does so only if it has a number of the store or names a table, a figure or a place.
LOOSE_WORDS = re.compile(
    r"\b(?:"
    r"øker\b|økning\w*|faller\b(?! (?:utenfor|innenfor|mellom|sammen|bort|ut))|fall\b|fallet\b"
    r"|synker\b|stiger\b|stigning\w*|vokser\b|vekst(?:en|er)?\b|oppgang\w*"
    r"|(?:går|gå) (?:ned|opp)\b|stabilt?\b|uendret\b|konstant\b|øverst\b|nederst\b"
    rf"|siden (?:{YEAR_FORM}(?!-)|{YEAR})|{_COMPARED}(?: \w+){{0,7}}? enn\b"
    r")",
    re.IGNORECASE,
)
# And with these only beside a number of the store.
NUMBERED_WORDS = re.compile(
    rf"\b(?:(?<!eller )(?:{_MORE}|nærmere)\b(?! (?:av|eller|hundre)\b)"
    r"|minst\b|mest\b|spennet\b|spenner\b)",
    re.IGNORECASE,
)
# These claim something of the number behind them. Before a typed number with its reason they are
# part of what the reason answers for, unless the sentence names a bydel: that the data can test.
BOUNDS = re.compile(
    r"\b(?:over|under|bare|kun|nesten|nær|knapt|drøyt|rundt|om lag|omtrent|minst|høyst|mer enn|"
    rf"mindre enn|flere enn|færre enn) (?P<number>{NUMBER}|\d[\d\u00a0 ]*(?:,\d+)?)",
    re.IGNORECASE,
)
# What others have said, and words that are spoken of.
QUOTED = re.compile(r"«[^»]*»")
# Nouns that say that a sentence is about data even where it has no number.
DATA_NOUNS = re.compile(
    r"\b(?:andel\w*|antall\w*|prosent\w*|beløp\w*|utbetaling\w*|gjennomsnitt\w*|snittet)\b",
    re.IGNORECASE,
)
# Names of places that the data know, other than Oslo itself.
PLACES = re.compile(rf"\b(?:[Bb]ydel\w*|[Dd]elbydel\w*|landet|{_PLACE_NAMES})\b")
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
    "kr per m²": {"kroner"},
    "mill. kr": {"millioner"},
    "1 000 kr": {"tusen"},
    "ganger": {"ganger"},
    "personer": {"personer"},
    "husholdninger": {"husholdninger"},
}
SCALED = {"tusen": {"tusen"}, "mill": {"millioner"}, "mrd": {"milliarder"}}
