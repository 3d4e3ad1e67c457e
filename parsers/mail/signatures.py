"""Where a person's own words end and a signature, a phone's advertising or a disclaimer begins."""

# ruff: noqa: RUF001 - letters of other alphabets look like ours, and are meant

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Only what nobody types to go on: under a rule of stars or dashes a condition may stand.
_DELIMITER = re.compile(r"\s*(?:--|\u2014|\u2013)\s*")
_RULE = 10  # dashes
_OPENERS = _words(
    """
    sent get von gesendet diese envoyé télécharger obtenez enviado obtener obter descargar inviato
    scarica ottieni verstuurd verzonden download skickat sendt lähetetty wysłane wysłano odesláno
    odoslané отправлено надіслано trimis holen laden outlook provenance via hanki hent hämta hämtar
    få pobierz získat скачать отримати poslano изпратено getmobile yahoo mailed written typed
    """
)
_DEVICES = _words(
    """
    iphone ipad ipod ios android samsung galaxy huawei xiaomi pixel oneplus nokia motorola sony
    xperia lg htc blackberry windows mac macbook imac verizon at&t t-mobile vodafone orange outlook
    mail e-mail email gmail yahoo aol gmx web.de proton protonmail thunderbird tutanota spark
    airmail
    sparrow bluemail boxer k-9 nine fairemail canary superhuman hey zoho fastmail phone smartphone
    cellphone telefon telefone teléfono téléphone telefoon handy smartfon mobile móvil celular
    cellulare mobiel mobil mobilen handheld tablet device gerät android-gerät appareil dispositivo
    toestel geräts puhelimesta telefonu телефона устройства iphone'a iphonesta iphonu iphone-ul
    android-mobiltelefon mobiltelefon androidista android-smartphone android-telefoon correo posta
    courrier androidphone typeapp mailbird mailspring edison newton k9 почты mail.ru outlookin
    android-sovelluksesta
    """
)
_FILLERS = _words(
    """
    my the a an meine meinem meiner meines mijn mon ma mi mio il lo meu minha min mitt o of on for
    from to di de del do da dal dalla via with using secure securely app version by and 4g 5g lte
    wireless network new free für voor per para pour der die das dem mit met von aus à partir depuis
    desde gesendet verzonden nachricht wurde från fra vanaf con com tramite z s с из pe sich sie
    plus pro max ultra air mini herunterladen beziehen downloaden aplikację dla systemu til sur pro
    meinem/meiner mojego vanuit e från meu för для від з из мобильной мобильного
    """
)
_MODEL = re.compile(r"[a-z]?[0-9]{1,2}")
_ADDRESS = re.compile(r"[<(]*https?://\S*")
_ADVERTS_ELSEWHERE = re.compile(
    r"\s*(?:yahoo mail: search, organize"
    r"|来自我的|發自我的|发自我的|从我的|從我的|iphoneから送信|나의 iphone|내 iphone"
    r"|iphone'umdan gönderildi|στάλθηκε από|az iphone-omról|נשלח מה|أُرسلت من|أرسلت من|đã gửi từ"
    r"|poslano s mog|изпратено от моя|獲取 outlook|获取 outlook|取得 android"
    r"|android (?:版|için) outlook|android용 outlook|αποκτήστε το outlook|قبل את|קבל את outlook"
    r"|الحصول على outlook|tải outlook|obțineți outlook|az outlook beszerzése|вземете outlook"
    r"|nabavite outlook)[^\n]{0,30}"
)
_DISCLAIMER = re.compile(
    r"[\s*_<(]*(?:"
    r"(?:legal )?(?:confidentiality|privacy) (?:notice|note|statement)"
    r"|privileged and confidential"
    r"|(?:this|the information (?:contained )?in this|the contents? of this) (?:e-?mail|message|"
    r"communication|transmission)[^.]{0,80}(?:confidential|intended|privileged)"
    r"|please consider the environment|think before you print"
    r"|(?:diese|der inhalt dieser) (?:e-?mail|nachricht)[^.]{0,80}(?:vertraulich|ausschlie)"
    r"|vertraulichkeitshinweis|haftungsausschluss"
    r"|ce (?:message|courriel|mail)[^.]{0,80}(?:confidentiel|destin)"
    r"|este (?:mensaje|correo|e-?mail)[^.]{0,80}(?:confidencial|dirigid|destin)"
    r"|(?:questo|il presente) (?:messaggio|e-?mail)[^.]{0,80}(?:riservat|confidenzial|destin)"
    r"|(?:dit|deze) (?:bericht|e-?mail)[^.]{0,80}(?:vertrouwelijk|bestemd)"
    r"|est[ae] (?:mensagem|comunicação|e-?mail)[^.]{0,80}(?:confidencia|destin)"
    r"|aviso (?:legal|de confidencialidade?)|avis de confidentialité|avvertenza"
    r"|informativa privacy"
    r"|(?:denne|dette) (?:e-?post|e-?mail|mail)[^.]{0,80}(?:fortrolig|konfidensiel)"
    r"|detta (?:e-?post|mail|meddelande)[^.]{0,80}(?:konfidentiel|avsedd)"
    r")"
)
# What only the sentences of a disclaimer say: a line with one of these belongs to it.
_LEGAL = re.compile(
    r"confidential|privileged|intended (?:recipient|solely|only)|addressee|recipient"
    r"|unauthori[sz]ed"
    r"|disclos|dissemin|prohibited|strictly|virus|liab(?:le|ility)|received (?:it"
    r"|this) (?:e-?mail|"
    r"message )?(?:in error|by mistake)|notify the sender|destroy|views expressed|opinions"
    r"|vertraulich|empfänger|unbefugt|unzulässig|haftung|irrtümlich|vernichten|adressat"
    r"|confidentiel|destinataire|interdit|par erreur|détrui"
    r"|confidencial|destinatari|prohibid|por error|riservat|confidenzial|vietat|per errore"
    r"|vertrouwelijk|geadresseerde|bestemd|onterecht|proibid|por engano"
    r"|save paper|paper|printing|environment|umwelt|environnement|milieu"
)
_SENTENCE_END = (".", "!", "?", "\u3002")
_WRAPPED = 45  # characters: a shorter line that ends a sentence ends its paragraph
_LOOKED_AT = 200  # characters of a line
_CONTACT = re.compile(
    r"[^\s@]@[a-z0-9-]++\.|https?://|www\.|\+\d[\d ()./-]{6,}|\(\d{2,5}\)[\d ./-]{4,}"
    r"|\b(?:\d{2,5}[ ./-]){2,}\d{2,}|skype:|linkedin|\bvia mobile\b"
)
_REGISTERED = re.compile(
    r"\b(?:iban|bic|swift|ust|vat|tva|iva|btw|nif|cif|siret|siren|kvk|hrb|reg|tax|steuer|company|konto)"
    r"[^\n\d]{0,20}\d[\d .]{7,}"
)
_OPENING_MARKS = '"\u201c\u201e\u00ab\u2018'
_CLOSING_MARKS = '"\u201d\u201c\u00bb\u2019'
_DIGITS = re.compile(r"\d")
# Between the capitalised words of a name, a title or an address.
_PARTICLES = _words(
    """
    of and & + the for de la le du des di da do del della dos das e et y und von van der den für im
    in bei am an zu zum zur og och voor en het | - – — · • / , at i a
    """
)
_MOST_NAMED = 10  # words
_POSTSCRIPT = re.compile(r"\s*p\.?\s?p?\.?\s?s\b\.?", re.IGNORECASE)


def is_exact(line: str) -> bool:
    """The line that programs put above a signature: two dashes and a blank."""
    return line == "-- "


def is_delimiter(line: str) -> bool:
    """The same, also without its blank, or a long dash: people type that too."""
    return len(line) < _LOOKED_AT and bool(_DELIMITER.fullmatch(line))


def is_rule(line: str) -> bool:
    """A long rule: of a signature, or of anything else."""
    return len(line.strip()) >= _RULE and not line.strip().strip("-_=")


def begins_disclaimer(line: str) -> bool:
    """Whether a disclaimer begins with this line."""
    return bool(_DISCLAIMER.match(line[:_LOOKED_AT].lower()))


def goes_on(above: str, line: str) -> bool:
    """Whether a disclaimer goes on with this line; `above` is its line before, empty or not."""
    if is_legal(line):
        return True
    above = above.rstrip()
    return bool(above) and not above.endswith(_SENTENCE_END) and len(above) >= _WRAPPED


def is_legal(line: str) -> bool:
    """Whether only a disclaimer says this."""
    return begins_disclaimer(line) or bool(_LEGAL.search(line[:2000].lower()))


def is_postscript(line: str) -> bool:
    """What follows was typed, also below a signature."""
    return bool(_POSTSCRIPT.match(line[:20]))


def has_contact(line: str) -> bool:
    """Whether a telephone number or an address of the net stands in the line."""
    return bool(_CONTACT.search(line[:_LOOKED_AT].lower()))


def is_motto(line: str) -> bool:
    """Somebody else's words, in quotation marks."""
    said = line.strip()
    return (
        len(said) > 2 and said[0] in _OPENING_MARKS and any(m in said[1:] for m in _CLOSING_MARKS)
    )


def is_registered(line: str) -> bool:
    """The number of a bank account, a tax or trade register."""
    return bool(_REGISTERED.search(line[:_LOOKED_AT].lower()))


def is_named(line: str) -> bool:
    """A name, a title, a street: words with capital letters, and no sentence."""
    words = [word.strip(".,;:()\"'|") for word in line[:_LOOKED_AT].split()]
    words = [word for word in words if word]
    if not words or len(words) > _MOST_NAMED:
        return False
    if len(words) == 1:
        return not _DIGITS.search(words[0])
    others = [word for word in words if word.lower() not in _PARTICLES]
    return bool(others) and all(not word[0].islower() for word in others)


def looks_signed(lines: list[str]) -> bool:
    """Whether these lines are a signature: at least half of them have the shape of one."""
    said = [line for line in lines if line.strip()]
    shaped = sum(is_shaped(line) for line in said)
    return 0 < len(said) <= 2 * shaped


def is_shaped(line: str) -> bool:
    """A name, something to be reached by, an advertisement, a disclaimer."""
    return is_named(line) or has_contact(line) or is_advert(line) or begins_disclaimer(line)


def is_advert(line: str) -> bool:
    """Whether the line is a mail program speaking of itself, and of nothing else."""
    if len(line) > _LOOKED_AT:
        return False
    said = _ADDRESS.sub(" ", line.lower().replace("<http", " <http"))
    words = [word for word in (part.strip(" .,!:*_<>()[]") for part in said.split()) if word]
    if _ADVERTS_ELSEWHERE.fullmatch(said):
        return True
    if not words or words[0] not in _OPENERS:
        return False
    others = [word for word in words[1:] if not _MODEL.fullmatch(word)]
    named = _DEVICES.intersection(others)
    return bool(named) and _DEVICES.union(_FILLERS).issuperset(others)
