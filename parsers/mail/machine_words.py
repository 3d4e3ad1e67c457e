"""What machines write in subjects and texts, in the languages they write: plain lists of words."""

import re

_AWAY = (
    r"out[ -]of[ -](?:the[ -])?office|automatic reply|auto(?:mated|matic)?[ -]?(?:reply|response)"
    r"|auto[ -]?re(?:ply|sponder)?|away from (?:the |my )?office|on vacation|vacation (?:reply"
    r"|auto)"
    r"|automatische (?:antwort|beantwortung)|abwesenheits?(?:notiz|nachricht|meldung|assistent)?"
    r"|ich bin (?:nicht im büro|abwesend)"
    r"|réponse automatique|absen(?:ce|t) du bureau|message d'absence"
    r"|respuesta automática|fuera de (?:la )?oficina|ausente de la oficina"
    r"|risposta automatica|fuori ufficio|assente dall'ufficio"
    r"|automatisch(?:e)? antwoord|afwezigheids?(?:bericht|melding)?|niet aanwezig"
    r"|resposta automática|fora do escritório|ausência temporária"
    r"|autosvar|automatiskt svar|frånvaro|fraværende|automaattinen vastaus|odpowiedź automatyczna"
    r"|autoodpowiedź|automatická odpověď|автоответ"
)
AWAY_SUBJECT = re.compile(
    rf"(?:{_AWAY})\s*(?:$|[:!.(\[\u2013-]|re:|aw:|fwd?:|from\b|auto)|auto:"
    # Lotus Notes: "Ann Lee is out of the office (returning 12/03/2026)"
    r"|[^:?,]{2,60} (?:is|ist|est|está|è) (?:out of the office|außer haus|nicht im (?:büro|haus)"
    r"|abwesend|absente? du bureau|absente?|fuera de la oficina|ausente (?:de la oficina"
    r"|do escritório)|fuori (?:ufficio|sede)|afwezig|niet aanwezig|niet op kantoor"
    r"|fora do escritório)\s*(?:$|[(.!\u2013-])"
)
CALENDAR_SUBJECT = re.compile(
    r"(?:accepted|declined|tentative(?:ly accepted)?|new time proposed|zugesagt|angenommen"
    r"|abgelehnt|mit vorbehalt|neue zeit vorgeschlagen|accepté|refusé|provisoire|aceptad[oa]"
    r"|rechazad[oa]"
    r"|provisional|accettato|rifiutato|provvisorio|geaccepteerd|geweigerd|voorlopig|aceit[oea]"
    r"|recusad[oa]|provisório)\s?:"
)
REPORT_SUBJECT = re.compile(
    r"undeliver(?:able|ed)\b|nondeliverable\b|returned (?:e?-?mail|to sender)\b"
    r"|mail delivery (?:failed|failure|warning|system)|mail system error"
    r"|delivery (?:status )?(?:failure )?notification|delivery failure(?:$|:)"
    r"|delivery has failed"
    r"|permanent delivery failure|delivery delayed:|delayed mail\b"
    r"|message (?:delayed|undeliverable)$"
    r"|message status - (?:undeliverable|delayed)|mailbox full(?:$|:)"
    r"|(?:e?-?mail|message) (?:could not be delivered|delivery (?:failed|failure|delayed))"
    r"|failure notice|warning: (?:could not send|message)|unzustellbar|unable to deliver"
    r"|zustellung (?:fehlgeschlagen|nicht möglich)|échec de (?:la )?(?:remise|distribution)"
    r"|non remis|impossible de remettre|no se puede entregar|error de entrega$|mancato recapito"
    r"|mancata consegna$|non recapitabile|onbestelbaar|bezorging mislukt"
    r"|não (?:foi )?entregue|não é possível entregar|falha na entrega$"
    # receipts
    r"|read:|gelesen:|lu\s?:|leído:|letto:|gelezen:|lida:|read receipt"
    r"|not read:|nicht gelesen:|ungelesen gelöscht:|non lu\s?:|no leído:|non letto:|niet gelezen:"
    r"|não lida:|return receipt\b|(?:empfangsbestätigung|accusé de réception|acuse de recibo"
    r"|ricevuta di ritorno|ontvangstbevestiging|recibo de leitura)\s?[(:]"
    r"|(?:lesebestätigung|confirmation de lecture|confirmación de lectura|conferma di lettura"
    r"|leesbevestiging|confirmação de leitura)\s?:"
)
PARCEL = re.compile(
    r"\b(?:parcels?|packages?|shipments?|pakete?s?|päckchen|sendung|colis|paquetes?|envío|pacco|pacchi"
    r"|spedizione|pakket(?:je)?|zending|encomendas?)\b"
)
DAEMON = re.compile(r"\bmailer[-_.]?daemon@|\bmail delivery (?:sub)?system\b")
SENDERS = re.compile(
    r"mailer[-_.]?daemon|mdaemon|postmaster|mailer|.*[-_.]?daemon|robot"
    r"|no[-_.]?reply.*|.*[-_.]no[-_.]?reply|do[-_.]?not[-_.]?reply.*|.*[-_.]do[-_.]?not[-_.]?reply"
    r"|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|nicht[-_.]?antworten|keine[-_.]?antwort"
    r"|non[-_.]?rispondere|niet[-_.]?(?:beantwoorden|antwoorden)|geen[-_.]?antwoord"
    r"|nao[-_.]?respond(?:a|er)|svara[-_.]?ej|ikke[-_.]?svar"
    r"|(?:.*[-_.])?bounces?(?:[-+_.].*)?|auto[-_.]?(?:reply|responder|confirm)|listserv|majordomo"
    r"|mailman(?:[-_.].*)?|newsletters?|(?:[a-z]+[-_.])?notifications?(?:\+.*)?|alerts?|ndr"
    r"|.*[-_](?:smtp|antivirus)[-_].*|microsoftexchange[0-9a-f]{20,}"
)
# In the first lines, of mails that say nothing in their header; always of the start of a line.
REPORT_TEXT = re.compile(
    r"^[^\w\n>]*(?:hi\. this is the [\w-]+ (?:send )?program"
    r"|this is the mail system at host"
    r"|this message was created automatically"
    r"|your (?:e?-?mail|(?:e?-?mail )?message) (?:could not|cannot) be delivered"
    r"|(?:could not|unable to) deliver message to"
    r"|------ failed recipients)",
    re.MULTILINE,
)
_ANSWERED = (
    r"(?:reply|response|e-?mail|message|notification|antwort|nachricht|e-?mail|benachrichtigung"
    r"|mail|antwoord|bericht)"
)
# A machine that says so.
SAYS_SO = re.compile(
    rf"^\W*(?:this is an? (?:auto(?:matic|mated)|automatically generated) {_ANSWERED}"
    r"|this is an auto-?(?:reply|response)"
    rf"|d(?:ies|as) ist eine automatisch(?:e| generierte| erstellte| erzeugte) {_ANSWERED}"
    r"|diese (?:e-?mail|nachricht) wurde automatisch"
    r"|ceci est (?:une réponse|un message|un e-?mail|un courriel) automatique"
    r"|est[ea] es (?:una respuesta|un mensaje|un correo) automátic[oa]"
    r"|quest[oa] è (?:una risposta|un messaggio|una e-?mail|un'e-?mail) automatic[oa]"
    rf"|dit is een (?:automatisch(?:e)?(?: gegenereerd)?) ?{_ANSWERED}"
    r"|est[ae] é uma? (?:resposta|mensagem|e-?mail) automátic[oa])",
    re.MULTILINE,
)
# One of the first kind and two of the others make an out-of-office note. A person who writes
# "I am out of the office until Monday, approve" says one or two of these things, not three.
IS_AWAY = re.compile(
    r"out of (?:the )?office|on (?:vacation|holiday|(?:annual |parental |maternity )?leave)\b"
    r"|not in the office|away from (?:the |my )?(?:office|desk)|nicht im (?:büro|haus|office)"
    r"|außer haus|\babwesend|im urlaub|nicht erreichbar|in elternzeit|absente? du bureau"
    r"|suis absente?|en congés?|en vacances|fuera de (?:la |mi )?oficina|de vacaciones"
    r"|\bausente\b|fuori (?:ufficio|sede)|in ferie|\bassente\b|niet op kantoor|niet aanwezig"
    r"|\bafwezig|(?:met|op) vakantie|met verlof|fora do escritório|de férias"
)
ABOUT_BEING_AWAY = (
    re.compile(  # until when
        r"\b(?:until|till|through|returning|back (?:on|in)|bis (?:zum|einschließlich|\d)|ab dem"
        r"|wieder (?:im büro|erreichbar|da)|jusqu'au|de retour|hasta el|regreso|vuelvo"
        r"|fino al|rientr|tornerò|\btot (?:en met|\d)|terug|até|regress|voltarei|retorno)"
    ),
    re.compile(  # whom to turn to
        r"urgent|emergenc|immediate (?:assistance|attention)|dringend|notfall|urgence|urgenc"
        r"|urgenz|spoed|please contact|wenden sie sich|veuillez contacter|póngase en contacto"
        r"|contattare|contact opnemen|contacte\b|in my absence|vertret(?:ung|en)"
    ),
    re.compile(  # when it is answered
        r"limited access|no access|i will (?:reply|respond|answer|get back)"
        r"|as soon as (?:i|possible)|upon my return"
        r"|eingeschränkt|melde mich|beantwort|nach meiner rückkehr|nicht weitergeleitet"
        r"|vous répondrai|accès limité|à mon retour|ne consulte pas|responder|acceso limitado"
        r"|a mi (?:regreso|vuelta)|risponder|accesso limitato|al mio (?:rientro|ritorno)"
        r"|na (?:mijn )?terugk|niet regelmatig|beperkt|responderei|acesso limitado|quando regressar"
    ),
    re.compile(  # thanks
        r"thank(?:s| you) for (?:your|the) (?:e-?mail|message|mail)|danke? für (?:ihre|deine)"
        r"|merci (?:de|pour) votre|gracias por (?:su|tu|el) |grazie per (?:il|la|l')|bedankt voor"
        r"|obrigad[oa] pel[ao]"
    ),
)
# Who decides something was there to decide it, however far away.
DECIDES = re.compile(
    r"\b(?:approv|reject|undo\b|ok\b|okay|freig|genehm|ablehn|abgelehnt|approuv|rejet|refus"
    r"|aprob|rechaz|rifiut|akkoord|goedkeur|goedgekeurd|afwijz|afgewezen|aprov|rejeit)"
)
# The first answer of a help desk.
TICKET_SUBJECT = re.compile(
    r"\[?(?:ticket|request|case|anfrage|vorgang|demande|solicitud|richiesta|aanvraag|pedido"
    r"|chamado)\s?(?:id|nr\.?|no\.?)?\s?[#:\[]|\[#\w+[-\d]*\]"
)
RECEIVED = re.compile(
    r"(?:have|we've) received your|has been received|has been (?:created|opened|registered)"
    r"|ihre (?:anfrage|nachricht|e-?mail|meldung)[^.\n]{0,40}(?:erhalten|eingegangen)"
    r"|bien (?:été )?reçu|hemos recibido su|abbiamo ricevuto|hebben (?:uw|je)[^.\n]{0,30}ontvangen"
    r"|recebemos (?:o seu|a sua|seu|sua)"
)
# Somebody's guard who wants to be clicked first.
CHALLENGE = re.compile(
    r"click (?:on )?(?:the|this) [^\n.]{0,30}(?:link|button)[^\n]{0,80}"
    r"(?:your (?:message|address|e-?mail)|deliver)"
    r"|(?:deliver it|have your (?:message|address|e-?mail)[^\n.]{0,40}),? please click"
)
