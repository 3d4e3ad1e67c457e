"""Numbers and places in words, up to 99, as each language builds them."""

from collections.abc import Callable

_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_PLACES = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_DE = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_DE_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_FR = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FR_TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"]
_ES = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_ES_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
_ES_PLACES = [
    "primero",
    "segundo",
    "tercero",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
    "décimo",
    "undécimo",
    "duodécimo",
]
_IT = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
]
_IT_TENS = [
    "venti",
    "trenta",
    "quaranta",
    "cinquanta",
    "sessanta",
    "settanta",
    "ottanta",
    "novanta",
]
_IT_PLACES = [
    "primo",
    "secondo",
    "terzo",
    "quarto",
    "quinto",
    "sesto",
    "settimo",
    "ottavo",
    "nono",
    "decimo",
]
_NL = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_NL_ROUND = [
    "tweeën", "drieën", "vieren", "vijven", "zessen", "zevenen", "achten", "negenen", "tienen",
    "elven", "twaalven",
]  # fmt: skip
_NL_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
_PT = [
    "zero",
    "um",
    "dois",
    "três",
    "quatro",
    "cinco",
    "seis",
    "sete",
    "oito",
    "nove",
    "dez",
    "onze",
    "doze",
    "treze",
    "catorze",
    "quinze",
    "dezesseis",
    "dezessete",
    "dezoito",
    "dezenove",
]
_PT_TENS = ["vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"]
_PT_PLACES = [
    "primeiro",
    "segundo",
    "terceiro",
    "quarto",
    "quinto",
    "sexto",
    "sétimo",
    "oitavo",
    "nono",
    "décimo",
]

Numbers = dict[int, list[str]]


def numbers(language: str) -> Numbers:
    """0 to 99."""
    return _NUMBERS[language]()


def places(language: str) -> Numbers:
    """First to thirty-first, in every form they take."""
    return _PLACES[language]()


def _tens(ones: list[str], tens: list[str], join: Callable[[str, str], list[str]]) -> Numbers:
    first = {number: [word] for number, word in enumerate(ones)}
    start = len(ones) // 10 * 10
    for at, ten in enumerate(tens):
        first[start + 10 * at] = [ten]
        for one in range(1, 10):
            first[start + 10 * at + one] = join(ten, ones[one])
    return first


def _en() -> Numbers:
    found = _tens(_EN, _EN_TENS, lambda ten, one: [f"{ten}-{one}", f"{ten} {one}"])
    for minute in range(1, 10):
        found[minute].append(f"oh {_EN[minute]}")
    return found


def _en_places() -> Numbers:
    found: Numbers = {}
    for number, words in _en().items():
        found[number] = []
        for word in words:
            head, mark, last = word.rpartition("-") if "-" in word else word.rpartition(" ")
            place = _EN_PLACES.get(last) or (last[:-1] + "ieth" if last[-1] == "y" else last + "th")
            found[number].append(head + mark + place)
    return {number: words for number, words in found.items() if 1 <= number <= 31}


def _de() -> Numbers:
    found = _tens(_DE, _DE_TENS, lambda ten, one: [f"{one}und{ten}"])
    found[1] = ["eins"]
    found[2] += ["zwo", "zwei"]
    return found


def _de_places() -> Numbers:
    stems = {number: f"{_DE[number]}t" for number in range(1, 20)}
    stems |= {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    stems |= {n: f"{words[0]}st" for n, words in _de().items() if 20 <= n <= 31}
    return {n: [stem + end for end in ("e", "er", "en", "em", "es")] for n, stem in stems.items()}


def _fr() -> Numbers:
    found = _tens(_FR, _FR_TENS, lambda ten, one: [f"{ten}-{one}", f"{ten} {one}"])
    for ten in range(20, 61, 10):
        word = _FR_TENS[ten // 10 - 2]
        found[ten + 1] = [f"{word} et un", f"{word}-et-un", f"{word} et une", f"{word} un"]
    for one in range(10):
        found[70 + one] = [f"soixante-{_FR[10 + one]}", f"soixante {_FR[10 + one]}"]
        found[80 + one] = [f"quatre-vingt-{_FR[one]}", f"quatre vingt {_FR[one]}"]
        found[90 + one] = [f"quatre-vingt-{_FR[10 + one]}", f"quatre vingt {_FR[10 + one]}"]
    found.pop(1)
    for number in (17, 18, 19):
        found[number].append(_FR[number].replace("-", " "))
    found[24].append("vingt et quatre")
    return found


def _fr_places() -> Numbers:
    found = {1: ["premier", "première", "1er", "1ère"], 2: ["deuxième", "second", "seconde"]}
    for number, words in _fr().items():
        if 2 <= number <= 31:
            stems = [word.removesuffix("e") for word in words]
            stems = [f"{s}u" if s.endswith("cinq") else s for s in stems]
            stems = [f"{s[:-1]}v" if s.endswith("neuf") else s for s in stems]
            found[number] = found.get(number, []) + [f"{stem}ième" for stem in stems]
    return found


def _es() -> Numbers:
    found = _tens(_ES, _ES_TENS, lambda ten, one: [f"{ten} y {one}"])
    found[1] = ["uno"]
    found[0].append("zero")
    found[21] += ["veintiún", "veintiuna"]
    return found


def _es_places() -> Numbers:
    forms = {n: [w, w[:-1] + "a", w[:-1] + "os"] for n, w in enumerate(_ES_PLACES, 1)}
    forms[1].append("primer")
    forms[3].append("tercer")
    return forms


def _it() -> Numbers:
    def join(ten: str, one: str) -> list[str]:
        return [ten[:-1] + one] if one in {"uno", "otto"} else [ten + one]

    found = _tens(_IT, _IT_TENS, join)
    found[1] = ["uno"]
    return found


def _it_places() -> Numbers:
    return {n: [w, w[:-1] + "a", w[:-1] + "i", w[:-1] + "e"] for n, w in enumerate(_IT_PLACES, 1)}


def _nl() -> Numbers:
    found = _tens(_NL, _NL_TENS, lambda ten, one: [f"{one}en{ten}", f"{one}ën{ten}"])
    found.pop(1)  # `een` is an article as well
    for number, word in enumerate(_NL_ROUND, 2):  # `na vieren`
        found[number] = [*found[number], word]
    return found


def _nl_places() -> Numbers:
    found: Numbers = {}
    for number, words in _nl().items():
        if 1 <= number <= 31:
            end = "ste" if number >= 20 or number == 8 else "de"
            found[number] = [word + end for word in words]
    return found | {1: ["eerste"], 3: ["derde"]}


def _pt() -> Numbers:
    found = _tens(_PT, _PT_TENS, lambda ten, one: [f"{ten} e {one}"])
    found.pop(1)
    found[2] += ["duas"]
    found[16].append("dezasseis")
    found[17].append("dezassete")
    found[19].append("dezanove")
    return found


def _pt_places() -> Numbers:
    """`quarta`, `quinta`, `sexta` are weekdays."""
    of_days = {4, 5, 6}
    return {
        n: [w, *([] if n in of_days else [w[:-1] + "a"]), w[:-1] + "os"]
        for n, w in enumerate(_PT_PLACES, 1)
    }


_NUMBERS = {"en": _en, "de": _de, "fr": _fr, "es": _es, "it": _it, "nl": _nl, "pt": _pt}
_PLACES = {
    "en": _en_places, "de": _de_places, "fr": _fr_places, "es": _es_places, "it": _it_places,
    "nl": _nl_places, "pt": _pt_places,
}  # fmt: skip
