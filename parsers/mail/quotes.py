"""How mail clients introduce the mail that a reply quotes, in the languages they speak."""

# ruff: noqa: RUF001 - letters of other alphabets look like ours, and are meant

import re

# "On 3 Dec 2026 at 10:07, Ann wrote:" is recognised by its last word, whatever the language.
_WROTE = re.compile(
    r"\b(?:wrote|writes|sent|schrieb|geschrieben|hat folgendes geschrieben|a écrit|écrit|écrivait"
    r"|escribió|escribio|escribe|ha scritto|scritto|scrive|schreef|geschreven|escreveu|escreve"
    r"|skrev|skrifaði|skriver|kirjoitti|napisał(?:a|\(a\))?|napisal[ai]?|napsal(?:a|\(a\))?|napísal"
    r"|írta|a scris|yazdı|yazmış|rašė|rakstīja|kirjutas|έγραψε|написал(?:а|\(а\))?|пише|написав"
    r"|viết|menulis|va escriure|idatzi du)\b|写道|寫道|のメッセージ|書きました|님이 작성|작성|כתב"
    r"|تب"
)
_OPENER = re.compile(
    r"[\s*_]*(?:(?:on|am|le|el|il|op|em|den|dne|dňa|dnia|w dniu|pe|la|în|στις|vào|pada|на|в|от|ср"
    r"|пн"
    r"|вт|чт|пт|сб|вс|a|al|ti|ma|to|ke|la|su|pe|fös|kell|data|date|date de l'envoi|mon|tue|wed|thu"
    r"|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mié|jeu|jue|ven|vie|sam|sáb|sab|dim|dom|gio|seg"
    r"|ter|qua|qui|sex|man|tir|ons|tor|fre|lør|søn|lör|sön)[\s,.]|in data|\d{1,4}[-/.]\d{1,2}"
    r"|\d{4}年|\d{1,2}\s+\w{3,12}\.?\s+\d{4}|在|於|于|في|ב)"
)
_CERTAIN = re.compile(r"@|\d[:.h]\d\d|\b(?:19|20)\d\d\b")
_DATED_SENDER = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b[^@<]*<[^@<]*@[^@<>]*>\s*:?")
_OLD_GMAIL = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d? \d\d?:\d\d gmt[+-]\d\d:\d\d \S")
_RULED = re.compile(
    r"[-_=*]{2,}[^-_=*].{0,200}\b(?:wrote|schrieb|a écrit|escribió|ha scritto)\s*[-_=*]{2,}"
)
_SHARED = re.compile(
    r"(?P<own>.*?\S)(?:\s*-{2,}\s*|\s+)"
    r"(?P<introduction>(?:On|Am|Le|El|Il|Op|Em|Den) (?:[^\W\d]{2,12}[.,]* ){0,3}\d.*)"
)
_LONGEST = 500
MOST_LINES = 6

_ORIGINAL = (
    r"original message|original e?-?mail|ursprüngliche nachricht|originalnachricht"
    r"|urspr\. nachricht"
    r"|message d'origine|message original|mensaje original|messaggio originale"
    r"|oorspronkelijk bericht"
    r"|mensagem original|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding"
    r"|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa"
    r"|eredeti üzenet|mesaj original|özgün ileti|orijinal mesaj|исходное сообщение"
    r"|оригинальное сообщение|原始邮件|原始郵件|邮件原件|元のメッセージ|原本信件|원본 메시지"
    r"|reply message|antwort nachricht|forwarded message|weitergeleitete nachricht"
    r"|message transféré|message réexpédié|mensaje reenviado|messaggio inoltrato"
    r"|doorgestuurd bericht|mensagem encaminhada|vidarebefordrat meddelande|videresendt meddelelse"
    r"|пересылаемое сообщение|przekazana wiadomość|begin forwarded message"
    r"|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht"
    r""
)
_SEPARATOR = re.compile(
    rf"[\s>]*[-_=*\s]{{2,}}(?:{_ORIGINAL})\b[^\w]*|[\s*]*(?:{_ORIGINAL})\s*:?[\s*]*"
)
_TICKET = re.compile(
    r"[\W_]*(?:please )?(?:(?:type|write|enter|put|add) )?(?:your )?(?:reply|replies|response)"
    r"(?: to this (?:e-?mail|message))?(?: goes)? above (?:this|the) line[\W_]*"
    r"|[\W_]*(?:bitte )?(?:antworten sie )?oberhalb dieser (?:linie|zeile)(?: antworten)?[\W_]*"
    r"|[\W_]*(?:veuillez )?répond(?:re|ez) au-dessus de cette ligne[\W_]*"
)
_FIELDS: dict[str, str] = {
    "from": "from|von|de|da|van|från|fra|od|от|от кого|lähettäjä|feladó|kimden|gönderen|expéditeur"
    "|remitente|mittente|afzender|remetente|avsändare|afsender|nadawca|odesílatel"
    "|expeditor"
    "|de la|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람|מאת|من|από",
    "to": "to|an|à|a|para|per|aan|till|til|do|komu|кому|vastaanottaja|címzett|kime|alıcı"
    "|destinataire|destinatario|empfänger|către|收件人|宛先|받는 사람|받는사람|אל|إلى|προς"
    "|cc|kopie|copie|copia|kopia|kopi|копия|dw|másolat|抄送|副本|참조|bcc",
    "date": "date|datum|data|fecha|dato|dataen|dátum|tarih|päivä|päivämäärä|дата|日期|時間|时间"
    "|日時|날짜",
    # nobody types these to change a value
    "sent": "sent|sent on|gesendet|gesendet am|envoyé|envoyé le|enviado|enviado el|enviada em"
    "|enviado em|enviada|inviato|verzonden|skickat|sendt|wysłano|wysłane|odesláno|odoslané"
    "|elküldve|gönderme tarihi|lähetetty|отправлено|trimis|发送时间|發送時間|送信日時"
    "|寄件日期|보낸 날짜|נשלח",
    "subject": "subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|předmět"
    "|předmet|tárgy|konu|aihe|тема|subiect|主题|主旨|主題|件名|제목|נושא|الموضوع|θέμα|sujet",
}
_FIELD = re.compile(
    r"[\s*_]*(?:"
    + "|".join(f"(?P<{kind}>(?:{names}))" for kind, names in _FIELDS.items())
    + r")[\s*_]*[:\uff1a]"
)
# People do not type the seconds and the zone; mail programs do.
_STAMP = re.compile(r"\d\d:\d\d:\d\d\s+(?:[+-]\d{4}|gmt|utc|\(?[a-z]{3,4}\b)", re.IGNORECASE)
_FIELD_LINES = 12  # a block of quoted fields, with its folded values and empty lines


def introduces(lines: list[str], at: int) -> tuple[int, bool]:
    """How many lines from here introduce a quotation (0: none), and whether that is certain."""
    joined = ""
    for count in range(1, min(MOST_LINES, len(lines) - at) + 1):
        joined = f"{joined} {lines[at + count - 1].strip()}".strip().lower()
        if len(joined) > _LONGEST or (count > 1 and not _OPENER.match(joined)):
            return 0, False
        if _is_introduction(joined):
            return count, _is_certain(joined)
    return 0, False


def opens_introduction(line: str) -> bool:
    """Whether an introduction may begin with this line."""
    return bool(_OPENER.match(line[:60].lower()))


def shared_line(line: str) -> tuple[str, str] | None:
    """Own words and the introduction that a client put behind them on the same line."""
    match = _SHARED.match(line) if len(line) < _LONGEST else None
    if match is None or not _is_introduction(match["introduction"].lower()):
        return None
    return match["own"], match["introduction"]


def _is_introduction(text: str) -> bool:
    end = text.rstrip(" *_\u00a0<>")
    if _DATED_SENDER.fullmatch(text) or _OLD_GMAIL.match(text) or _RULED.fullmatch(text):
        return True
    if not end.endswith((":", "\uff1a")):
        return False
    if text.rstrip().endswith(">:") and "@" in text and _OPENER.match(text):
        return True  # "Thu, 26 Jun 2014 14:00 от Ann <ann@corp.example>:"
    return bool(_WROTE.search(end)) and any(c.isdigit() or c == "@" for c in text)


def _is_certain(text: str) -> bool:
    """Whether it introduces a quotation even where no mark of quoting follows."""
    if _RULED.fullmatch(text):
        return True
    return bool(_CERTAIN.search(text)) and ("@" in text or bool(_OPENER.match(text)))


def is_separator(line: str) -> bool:
    """A line after which a whole other mail stands."""
    line = line.lower()
    return len(line) < 200 and bool(_SEPARATOR.fullmatch(line) or _TICKET.fullmatch(line))


def begins_fields(lines: list[str], at: int) -> bool:
    """Whether the header fields of another mail stand here: From and two more, or a sure pair."""
    if field_kind(lines[at]) is None:
        return False
    return (
        _is_run(lines[at])
        or _is_pair(lines[at : at + 2])
        or _is_block(lines[at : at + _FIELD_LINES])
    )


def _is_run(line: str) -> bool:
    """From, with an address, and Date or Sent on one line, as flattened HTML has them."""
    address, at, rest = line[:_LONGEST].partition("@")
    return field_kind(address) == "from" and bool(at) and bool(_STAMP.search(rest))


def _is_pair(lines: list[str]) -> bool:
    """A Date as a program writes it, beside From or To with an address."""
    said = {field_kind(line): line[:_LONGEST] for line in lines}
    if not _STAMP.search(said.get("date", said.get("sent", ""))):
        return False
    return "@" in said.get("from", "") or "@" in said.get("to", "")


def _is_block(lines: list[str]) -> bool:
    """From and two more, of which one nobody types: an address, or when it was sent."""
    kinds: set[str] = set()
    addressed = False
    between = 0
    for line in lines:
        kind = field_kind(line)
        if kind is not None:
            kinds.add(kind)
            addressed = addressed or (kind in ("from", "to") and "@" in line[:_LONGEST])
            between = 0
        elif line.strip():
            between += 1
        if between > 2:
            break
    return "from" in kinds and len(kinds) >= (3 if addressed or "sent" in kinds else 4)


def field_kind(line: str) -> str | None:
    """from, to, date, sent or subject, if the line starts as such a field does."""
    match = _FIELD.match(line[:60].lower())
    return match.lastgroup if match else None
