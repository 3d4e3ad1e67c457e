"""Where a person's own words end and a signature, a phone's advertising or a disclaimer begins."""

# ruff: noqa: RUF001 - letters of other alphabets look like ours, and are meant

import re

_DELIMITER = re.compile(r"\s*(?:--|\u2014|\u2013\u2013|__+|-- ?-+|={5,}|\*{5,}|-{3,}|~~+)\s*")
_ADVERTS = re.compile(
    r"[\s*_<(]*(?:"
    r"sent (?:from|with|via|using|on|by)\b|get outlook for|get yahoo mail|sent securely"
    r"|von meine[mr] \S+(?: \S+){0,3} gesendet|gesendet (?:von|mit|über|aus)\b"
    r"|holen sie sich outlook"
    r"|diese nachricht wurde von meinem|outlook für (?:ios|android)"
    r"|envoyé (?:de|depuis|à partir)\b|télécharger outlook|obtenez outlook"
    r"|enviado (?:desde|do|de|con|com|via)\b|obtener outlook|obter o outlook|descargar outlook"
    r"|inviato (?:da|dal|con|tramite)\b|scarica outlook|ottieni outlook"
    r"|verstuurd vanaf|verzonden (?:vanaf|met|via)|outlook voor|download outlook"
    r"|skickat från|sendt fra|lähetetty|wysłane z|wysłano z|odesláno z|odoslané z|отправлено"
    r" (?:с|из)"
    r"|trimis de pe|küldve|iphone'umdan gönderildi|στάλθηκε από|来自我的|發自我的|从我的"
    r"|iphoneから送信|나의 iphone"
    r")"
)
_DISCLAIMER = re.compile(
    r"[\s*_<(]*(?:"
    r"confidentiality (?:notice|note|statement)|disclaimer\b|legal notice"
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
    """Whether the line is a mail program speaking of itself."""
    said = line[:_LOOKED_AT].lower()
    return bool(_ADVERTS.match(said)) and len(line.split()) <= 14
