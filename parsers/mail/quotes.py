"""How mail clients introduce the mail that a reply quotes, in the languages they speak."""

# ruff: noqa: RUF001 - letters of other alphabets look like ours, and are meant

import re

# "On 3 Dec 2026 at 10:07, Ann wrote:" is recognised by its last word, whatever the language.
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|geschrieben|hat folgendes geschrieben|a écrit|écrit|écrivait"
    r"|escribió|escribio|escribe|ha scritto|scritto|scrive|schreef|geschreven|escreveu|escreve"
    r"|skrev|skrifaði|skriver|kirjoitti|napisał(?:a|\(a\))?|napisal[ai]?|napsal(?:a|\(a\))?|napísal"
    r"|írta|a scris|yazdı|yazmış|rašė|rakstīja|kirjutas|έγραψε|написал(?:а|\(а\))?|пише|написав"
    r"|viết|menulis|va escriure|idatzi du)\b|写道|寫道|のメッセージ|書きました|님이 작성|작성|כתב"
    r"|تب"
)
_OPENER = re.compile(
    r"[\s*_]*(?:(?:on|am|le|el|il|op|em|den|dne|dňa|dnia|w dniu|pe|la|în|στις|vào|pada|на|в|от|ср|пн"
    r"|вт|чт|пт|сб|вс|a|al|ti|ma|to|ke|la|su|pe|fös|kell|data|date|date de l'envoi|mon|tue|wed|thu"
    r"|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mié|jeu|jue|ven|vie|sam|sáb|sab|dim|dom|gio|seg"
    r"|ter|qua|qui|sex|man|tir|ons|tor|fre|lør|søn|lör|sön)[\s,.]|in data|\d{1,4}[-/.]\d{1,2}"
    r"|\d{4}年|\d{1,2}\s+\w{3,12}\.?\s+\d{4}|在|於|于|في|ב)"
)
_CERTAIN = re.compile(r"@|\d[:.h]\d\d|\b(?:19|20)\d\d\b")
_DATED_SENDER = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b[^@]*@[^@]*>\s*:")
_LONGEST = 500
MOST_LINES = 6

_ORIGINAL = (
    r"original message|original e?-?mail|ursprüngliche nachricht|originalnachricht|urspr\. nachricht"
    r"|message d'origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht"
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
    r"|mensaje original|on behalf of"
)
_SEPARATOR = re.compile(
    rf"[\s>]*[-_=*\s]{{2,}}(?:{_ORIGINAL})\b[^\w]*|[\s*]*(?:{_ORIGINAL})\s*:?[\s*]*"
)
_TICKET = re.compile(
    r"[\W_]*(?:please )?(?:type|write|enter|put)?\s?(?:your )?(?:reply|response|antwort|réponse)"
    r"\b.{0,30}\b(?:above|oberhalb|au-dessus)\b.{0,20}\b(?:line|linie|zeile|ligne)\b.*",
)
_FIELDS: dict[str, str] = {
    "from": "from|von|de|da|van|från|fra|od|от|от кого|lähettäjä|feladó|kimden|gönderen|expéditeur"
    "|remitente|mittente|afzender|remetente|avsändare|afsender|von meinem|nadawca|odesílatel|expeditor"
    "|de la|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람|מאת|من|από",
    "to": "to|an|à|a|para|per|aan|till|til|do|komu|кому|vastaanottaja|címzett|kime|alıcı|destinataire"
    "|destinatario|empfänger|către|收件人|宛先|받는 사람|받는사람|אל|إلى|προς|cc|kopie|copie|copia|kopia"
    "|kopi|копия|dw|másolat|抄送|副本|참조|bcc",
    "date": "date|sent|datum|gesendet|gesendet am|envoyé|envoyé le|enviado|enviado el|enviada em"
    "|enviado em|enviada|inviato|data|fecha|verzonden|skickat|sendt|dato|dataen|wysłano|wysłane|data"
    "|odesláno|odoslané|dátum|elküldve|tarih|gönderme tarihi|lähetetty|päivä|päivämäärä|дата"
    "|отправлено|trimis|发送时间|發送時間|寄件日期|日期|時間|时间|送信日時|日時|보낸 날짜|날짜|sent on|נשלח",
    "subject": "subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|předmět|předmet"
    "|tárgy|konu|aihe|тема|subiect|主题|主旨|主題|件名|제목|נושא|الموضوع|θέμα|sujet",
}
_FIELD = re.compile(
    r"[\s*_]*(?:"
    + "|".join(f"(?P<{kind}>(?:{names}))" for kind, names in _FIELDS.items())
    + r")[\s*_]*[:\uff1a]"
)
_FIELD_LINES = 12  # a block of quoted fields, with its folded values and empty lines


def introduces(lines: list[str], at: int) -> tuple[int, bool]:
    """How many lines from here introduce a quotation (0: none), and whether that is certain."""
    joined = ""
    for count in range(1, min(MOST_LINES, len(lines) - at) + 1):
        joined = f"{joined} {lines[at + count - 1].strip()}".strip().lower()
        if len(joined) > _LONGEST or (count > 1 and not _OPENER.match(joined)):
            return 0, False
        if _is_introduction(joined):
            return count, bool(_CERTAIN.search(joined))
    return 0, False


def _is_introduction(text: str) -> bool:
    end = text.rstrip(" *_\u00a0<>")
    if _DATED_SENDER.fullmatch(end):
        return True
    if not end.endswith((":", "\uff1a")):
        return False
    return bool(_WROTE.search(end)) and any(c.isdigit() or c == "@" for c in end)


def is_separator(line: str) -> bool:
    """A line after which a whole other mail stands."""
    line = line.lower()
    return len(line) < 200 and bool(_SEPARATOR.fullmatch(line) or _TICKET.fullmatch(line))


def begins_fields(lines: list[str], at: int) -> bool:
    """Whether the header fields of another mail stand here: From, and two others."""
    if field_kind(lines[at]) is None:
        return False
    kinds: set[str] = set()
    between = 0
    for line in lines[at : at + _FIELD_LINES]:
        kind = field_kind(line)
        if kind is not None:
            kinds.add(kind)
            between = 0
        elif line.strip():
            between += 1
        if between > 2:
            break
    return "from" in kinds and len(kinds) >= 3


def field_kind(line: str) -> str | None:
    """from, to, date or subject, if the line starts as such a field does."""
    match = _FIELD.match(line[:60].lower())
    return match.lastgroup if match else None
