"""Names of companies and people as they stand in letters, and what stands around them."""

import re
from functools import lru_cache

# What a company's name ends with; the letters around decide, so `AS` in a sentence is none.
_FORMS = (
    r"g?GmbH|gGmbH|mbH|mbB|GMBH|AG|KGaA|KG|OHG|UG(?: \(haftungsbeschränkt\))?|e\. ?K\.|e\. ?U\."
    r"|Ges\.?m\.?b\.?H\.?|e\. ?Kfm\."
    r"|e\. ?V\.|eG|GbR|PartG(?: ?mbB)?|a\. ?G\.|SE"
    r"|inc\.|ltée|enr\."
    r"|Ltd\.?|LTD\.?|Limited|LIMITED|LLC|L\.L\.C\.|Inc\.?|INC\.?|Incorporated|Corp\.?|CORP\.?"
    r"|Corporation|PLC|plc|Plc|LLP|L\.L\.P\.|L\.P\.|PLLC|P\.C\.|P\.A\."
    r"|Pty\.? Ltd\.?|PTY\.? LTD\.?|Pvt\.? Ltd\.?|PVT\.? LTD\.?|Private Limited|Pte\.? Ltd\.?"
    r"|Sdn\.? Bhd\.?|SDN\.? BHD\.?|PTE\.? LTD\.?|CIC|C\.I\.C\.|Co\.,? Ltd\.?|ULC|Ltée"
    r"|S\.?A\.?S\.?U?|SASU|S\.?A\.?R\.?L\.?|SARL|Sàrl|S\.à r\.l\.|EURL|E\.U\.R\.L\."
    r"|S\.?N\.?C\.?|SCI|SCOP|S\.?A\.?|SPRL|SRL|ASBL"
    r"|S\.?L\.?U?\.?|S\.L\.L\.|S\.?A\.?U\.?|S\. ?L\.|S\. ?A\.|S\.?C\.?P\.?|S\. Coop\.?|C\.B\."
    r"|S\.?p\.?A\.?|SPA|S\.?r\.?l\.?s?\.?|S\.R\.L\.|S\.?a\.?s\.?|S\.?n\.?c\.?|Soc\. Coop\.?"
    r"|B\.?V\.?B?A?|BVBA|N\.V\.|NV|V\.?O\.?F\.?|C\.V\.|Maatschap"
    r"|L\.?da\.?|LDA\.?|Unipessoal,? Lda\.?|Ltda\.?|LTDA\.?|EIRELI|S/A"
    r"|[Ss]p\. ?z ?o\. ?o\.?|SP\. ?Z ?O\. ?O\.?|[Ss]p\. ?[jkp]\.|Sp\. z o\.o\. ?[Ss]p\. ?k\.|s\.c\."
    r"|ApS|A/S|I/S|K/S|AB|HB|Oy|Oyj|AS|ASA|s\. ?r\. ?o\.|spol\. s r\. ?o\.|a\. ?s\."
    r"|v\. ?o\. ?s\.|d\. ?o\. ?o\.|Kft\.?|Zrt\.?|K\.K\."
)
LEGAL = re.compile(rf"(?<![\w.])(?:{_FORMS})(?!\.?\w)(?: ?& ?Co\.?(?: ?(?:KG|OHG|KGaA))?)?")
_ORGANISED = re.compile(
    r"\b(?:Company|Group|Studios?|Services?|Solutions?|Consulting|Partners?|Associates|Sons"
    r"|Bros|Brothers"
    r"|Holdings?|Agency|Agentur|Bureau|Verlag|Werke|Stadtwerke|Hotel|Café|Restaurant|Garage"
    r"|Clinic|Praxis|Kanzlei"
    r"|Plumbing|Electric|Electrical|Design|Designs|Media|Software|Systems?|Technologies"
    r"|Technology|Labs?|Digital|Communications?|Comunicaciones|Comunicações|Comunicazioni"
    r"|Supply|Supplies|Logistics|Transport|Telecom|Energy|Foods?|Farms?|Builders?|Construction"
    r"|Landscaping|Cleaning"
    r"|Photography|Printing|Press|Catering|Rentals?|Motors|Auto|Hardware|Networks?|Cloud"
    r"|Hosting|Foundation|Institute"
    r"|University|Versicherung|Versicherungsverein|Werkstatt|Handwerk|Bäckerei|Metzgerei"
    r"|Druckerei|Büro|Studio|Atelier"
    r"|Traders?|Enterprises?|Industries|International|Stores?|Mart|Tyres|& Co|and Co|Law|Legal"
    r"|Accounting|Bakery|Florist|Cooperative|Council|Association|Society|School|College|Church"
    r"|Club|Contractors?|Dental|Medical|Health|Properties|Property|Realty|Management|Brewing"
    r"|Engineering|Architects?|Marketing|Events|Lines|Express|Wireless|Interiors|Insurance"
    r"|Brokers?|Kitchens?|Inn|Lodge|Farm|Genossenschaft|Stiftung|Verein|Schule|Institut"
    r"|Asociación|Associazione|Association|Fundación|Comune|Ayuntamiento|Mairie|Gemeinde|Stadt"
    r"|Library|County|City of|Town of|Department|Ministry|Theatre|Theater|Museum|Gallery|Hospital"
    r"|Trust|Cent(?:er|re)|Academy|Federation|Union|Parish|Museo|Musée|Klinik|Kirchengemeinde|Kita"
    r"|Verband|Landratsamt|Hausverwaltung|Wohnbau|Théâtre|Lycée|École|Commune|Ville de|Syndicat"
    r"|Boulangerie|Brasserie|Galerie|Pharmacie|Imprimerie|Menuiserie|Colegio|Instituto|Centro"
    r"|Panadería|Panificadora|Restaurante|Gestoría|Clínica|Editorial|Peluquería|Comunidad de"
    r"|Scuola|Istituto|Parrocchia|Cantine|Trattoria|Ristorante|Agriturismo|Carpenteria|Bagni"
    r"|Stichting|Vereniging|Bouwgroep|\w+bedrijf|Clube|Padaria|Câmara|Escola|Associação"
    r"|Parafia|Szkoła|Urząd|Gmina|Fundacja|Stowarzyszenie|Condominium|Condo Corp|Homeowners"
    r"|\w+studio|Gasthof|Autohaus|Apotheke|Hôtel|Albergo|Officine|Talleres|Bodegas)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\s*[\u00b7\u2022|\u2219\u25cf\u25aa\u2027\u22c5\u25cb*]\s*|\s+[-\u2013\u2014\u2212/]\s+"
    r"|\t|;\s"
)
_ADDRESS = re.compile(
    r"(?<!\w)\d{4,6}(?:-\d{3,4})?\s+[^\W\d]"  # 12345 Town
    r"|[^\W\d] \(\d{4,5}\)(?:,|$)"  # Town (20018), Province
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"  # SW1A 1AA
    r"|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"  # TX 78701
    r"|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"  # M5V 2T6
    r"|\b[A-Z]\d[\dW] [A-Z\d]{4}\b|\bCo\. [A-Z][a-z]+$"  # F28 X7P2, Co. Mayo
    r"|^[^\W\d][\w .'-]{2,24}, [A-Z]{2}$"
    r"|^[^\W\d][\w .'-]{2,24}, (?:Ontario|Qu[eé]bec|Alberta|British Columbia|Manitoba|Saskatchewan"
    r"|Nova Scotia|New Brunswick|California|Texas|Florida|New York|Illinois|Massachusetts)\b"
    r"|\b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT) \d{4}\b"
    r"|, ?[^\W\d][\w .'-]{2,24} \d{4,6}$"  # ..., Riyadh 12211
    r"|^\d{3} \d{2} [^\W\d]|^\d{2}-\d{3} [^\W\d]|^\d{4} [A-Z]{2} +[^\W\d]|^Box \d+"
    r"|\bP\.?\s?O\.?\s?Box\b|\bPostfach\b|\b\d{6}\b"
    r"|(?:str(?:aße|asse|\.)|straat|gracht|kade|singel|dijk|weg|ring|damm|ufer|platz|allee|gasse|laan|plein|gade|vej|vägen|gatan)\s*\d"
    r"|\b(?:rue|avenue|av\.|boulevard|bd|place|calle|c/|avda\.?|plaza|via|viale|piazza|corso"
    r"|rua|avenida|ul\.|al\.|os\.)\s"
    r"|^(?:flat|unit|suite|shop|level|floor|apt|lot|plot|office) ?#?\d+[A-Za-z]?\b"
    r"|\b(?:suite|building|floor|unit|apt|apartment|room|bldg|level)\.? [\w-]{1,4}$"
    r"|\b\d+[A-Za-z]?,?\s+(?:[\w'.]+\s){0,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr"
    r"|boulevard|blvd|way|court|ct"
    r"|place|pl|square|sq|terrace|parkway|pkwy|highway|hwy|suite|floor|close|crescent|row|mews"
    r"|wharf|parade|loop|trail|circle)\b",
    re.IGNORECASE,
)
_REGISTERED = re.compile(r"\s*\([^()]*\d{5,}[^()]*\)\s*$")  # `ACME SDN. BHD. (201901018834)`
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|hallo|sehr geehrte[rn]?|liebe[rs]?|guten (?:tag|morgen)|moin|bonjour"
    r"|chère?s?|gentilissim[oaie]|caro|cara|estimad[oa]s?|hola|beste|geachte|prezad[oa]s?|szanown\w+"
    r"|drodzy|regards|kind regards|thanks|thank you|viele grüße|mit freundlichen)[ ,]",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:no|nr|nº|plot|unit)\b\.? ?\d|\d{5,}", re.IGNORECASE)
_CONTACT = re.compile(
    # A word for the telephone counts with a number or alone: `Wisła Mobile S.A.` is a name.
    r"@|www\.|https?:"
    r"|\b(?:tel|fax|phone|telefon|mobile?|e-?mail|téléphone|tél|teléfono|cell)\b"
    r"(?:[^\W\d]*\s*(?:no|nr|number)?\.?\s?[:+(\d]|[.]?\s*$)"
    r"|^0\d{2,4}[ /-]\d{5,}$|\(\d{3}\)\s?\d{3}|\+\d{1,3}[\s(]?\d|\b\d{3}[-.]\d{3}[-.]\d{4}\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:@|://|\bwww\.)(?:www\.)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_BARE_HOST = re.compile(
    r"(?<![\w@.])([A-Za-z0-9-]{3,40}(?:\.[A-Za-z0-9-]{2,30})?\.(?:com|net|org|io|co|de|at|ch|fr"
    r"|es|it|nl|be|pt|pl|uk|eu|us|ca|au|in|ie|dk|se|cz|app|dev|ai|agency|biz"
    r"|info))(?![\w.-]*@)(?!\w)"
)
# Anybody has an address there; it says nothing of the company.
_PUBLIC = frozenset(
    re.findall(
        r"[\w-]+",
        "gmail googlemail outlook hotmail live yahoo icloud aol gmx web t-online freenet orange "
        "wanadoo free laposte"
        " libero alice virgilio ziggo kpn wp onet interia sapo msn proton protonmail me mac "
        "btinternet bigpond rediffmail"
        " tcpdf example stripe paypal europa",
    )
)
_TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms miss dr prof herr herrn frau sig sigra sr sra dott avv ing mme monsieur madame"
        " dipl",
    )
)
_KEPT = 1024  # lines that are asked about again while one page is read
_SECOND = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})


@lru_cache(_KEPT)
def is_legal(text: str) -> bool:
    """Whether a legal form stands in it: GmbH, Ltd, S.r.l."""
    return bool(LEGAL.search(text))


def is_form(text: str) -> bool:
    """Whether it is a legal form and nothing else."""
    return bool(LEGAL.fullmatch(text.strip(" ,")))


def is_organised(text: str) -> bool:
    """Whether a word in it is one that companies call themselves by."""
    return bool(_ORGANISED.search(text))


def is_person(text: str) -> bool:
    """Whether it is written like the name of a person: two or three words, a title perhaps."""
    words = [word for word in text.split() if word.rstrip(".").casefold() not in _TITLES]
    told = len(words) < len(text.split())
    shaped = all(w[:1].isupper() and w[1:].islower() and w.isalpha() for w in words)
    return bool(words) and (told or (2 <= len(words) <= 3 and shaped)) and not is_organised(text)


@lru_cache(_KEPT)
def is_address(text: str) -> bool:
    """Whether it is a line of a postal address."""
    return bool(_ADDRESS.search(text))


def is_contact(text: str) -> bool:
    """Whether it holds a telephone number, a mail address or a web page."""
    return bool(_CONTACT.search(text))


def parts_of(line: str) -> list[str]:
    """`Acme GmbH · Street 1 · 12345 Town` in its parts."""
    return [part for part in (p.strip() for p in _PARTS.split(line)) if part]


def name_in(line: str) -> str:
    """The name that a line begins with, without the address or the rest behind it."""
    first = _REGISTERED.sub("", next(iter(parts_of(line)), ""))
    form = LEGAL.search(first)
    if form and form.start() > 0:
        return first[: form.end()].strip(" ,")
    head, comma, rest = first.partition(",")
    if comma and (is_address(rest) or is_contact(rest) or any(c.isdigit() for c in rest)):
        first = head
    return first.strip(" ,:")


def is_name(text: str) -> bool:
    """Whether it can be a name at all."""
    letters = sum(c.isalpha() for c in text)
    digits = sum(c.isdigit() for c in text)
    words = text.split()
    if letters < 2 or len(text) > 90 or len(words) > 10 or digits > letters or text[-1] == "-":
        return False
    if _NUMBERED.search(text) or _GREETING.match(text) or all(len(word) == 1 for word in words):
        return False
    small = sum(word[:1].islower() for word in words)
    if (
        text.endswith((".", "!", "?"))
        and len(words) > 3
        and 2 * small >= len(words)
        and not is_legal(text)
    ):
        return False
    return not is_contact(text) and (is_legal(text) or not is_address(text))


def hosts_in(text: str) -> list[str]:
    """The telling part of every web and mail address: `acme` of info@mail.acme.co.uk."""
    found = []
    for match in (*_HOST.finditer(text), *_BARE_HOST.finditer(text)):
        labels = match[1].casefold().strip(".-").split(".")
        core = labels[:-1]
        if len(core) > 1 and core[-1] in _SECOND:
            core = core[:-1]
        if core and core[-1] not in _PUBLIC and len(core[-1]) > 2:
            found.append(core[-1].replace("-", ""))
    return found
