"""Where a person's own words end and a signature, a phone's advertising or a disclaimer begins."""

# ruff: noqa: RUF001 - letters of other alphabets look like ours, and are meant

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Only what nobody types to go on: under a rule of stars or dashes a condition may stand.
_DELIMITER = re.compile(r"\s*(?:--|\u2014|\u2013)\s*")
_OPENERS = _words(
    """
    sent get von gesendet diese envoyé télécharger obtenez enviado obtener obter descargar inviato
    scarica ottieni verstuurd verzonden download skickat sendt lähetetty wysłane wysłano odesláno
    odoslané отправлено trimis holen laden
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
    toestel geräts puhelimesta telefonu телефона устройства
    """
)
_FILLERS = _words(
    """
    my the a an meine meinem meiner meines mijn mon ma mi mio il lo meu minha min mitt o of on for
    from to di de del do da dal dalla via with using secure securely app version by and 4g 5g lte
    wireless network new free für voor per para pour der die das dem mit met von aus à partir depuis
    desde gesendet verzonden nachricht wurde från fra vanaf con com tramite z s с из pe sich
    sie plus
    pro max ultra air mini
    """
)
_MODEL = re.compile(r"[a-z]?[0-9]{1,2}")
_ADDRESS = re.compile(r"[<(]*https?://\S*")
_ADVERTS_ELSEWHERE = re.compile(
    r"\s*(?:来自我的|發自我的|从我的|iphoneから送信|나의 iphone"
    r"|iphone'umdan gönderildi|στάλθηκε από)"
    r"[^\n]{0,20}"
)
_DISCLAIMER = re.compile(
    r"[\s*_<(]*(?:"
    r"confidentiality (?:notice|note|statement)|privileged and confidential"
    r"|(?:this|the information (?:contained )?in this|the contents? of this) (?:e-?mail|message|"
    r"communication|transmission)[^.]{0,80}(?:confidential|intended|privileged)"
    r"|please consider the environment|think before you print"
    r"|(?:diese|der inhalt dieser) (?:e-?mail|nachricht)[^.]{0,80}(?:vertraulich|ausschlie)"
    r"|vertraulichkeitshinweis|haftungsausschluss"
    r"|ce (?:message|courriel|mail)[^.]{0,80}(?:confidentiel|destin)"
    r"|este (?:mensaje|correo|e-?mail)[^.]{0,80}(?:confidencial|dirigid|destin)"
    r"|(?:questo|il presente) (?:messaggio|e-?mail)[^.]{0,80}(?:riservat|confidenzial|destin)"
    r"|(?:dit|deze) (?:bericht|e-?mail)[^.]{0,80}(?:vertrouwelijk|bestemd)"
    r"|esta (?:mensagem|comunicação)[^.]{0,80}(?:confidencia|destin)"
    r"|aviso (?:legal|de confidencialidad)|avis de confidentialité"
    r")"
)
_LOOKED_AT = 200  # characters of a line


def begins_signature(line: str) -> bool:
    """Whether a signature begins with this line."""
    said = line[:_LOOKED_AT].lower()
    return bool(_DELIMITER.fullmatch(said) or _DISCLAIMER.match(said))


def is_advert(line: str) -> bool:
    """Whether the line is a mail program speaking of itself, and of nothing else."""
    if len(line) > _LOOKED_AT:
        return False
    said = _ADDRESS.sub(" ", line.lower().replace("<http", " <http"))
    words = [word for word in (part.strip(" .,!*_<>()[]") for part in said.split()) if word]
    if not words or words[0] not in _OPENERS:
        return bool(_ADVERTS_ELSEWHERE.fullmatch(said))
    others = [word for word in words[1:] if not _MODEL.fullmatch(word)]
    named = _DEVICES.intersection(others)
    return bool(named) and _DEVICES.union(_FILLERS).issuperset(others)
