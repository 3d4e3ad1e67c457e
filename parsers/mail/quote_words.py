"""What mail clients call things, in the languages they speak: plain lists of words."""

# ruff: noqa: RUF001 - letters of other alphabets look like ours, and are meant

# The verb of "On 3 Dec 2026 at 10:07, Ann wrote:"; those with letters of their own alphabets
# stand anywhere, as Japanese and Chinese put no blanks around them.
WROTE = (
    r"\b(?:quoting|zitat von|mensaje citado por|citando|citeren|citerar|citát|cytowanie"
    r"|wrote|writes|sent|said|schrieb|schreibt|geschrieben|a écrit|écrit|écrivait|escribió|escribio"
    r"|escribe|ha scritto|scritto|scrive|schreef|geschreven|escreveu|escreve|skrev|skrifaði"
    r"|skriver|kirjoitti|napisał(?:a|\(a\))?|napisal[ai]?|pisze|napsal(?:a|\(a\))?"
    r"|napísal(?:a|\(a\))?|írta|a scris|yazdı|yazmış|rašė|rakstīja|kirjutas|έγραψε|viết|menulis"
    r"|va escriure|missatge de|idatzi du|napisa[ol]+(?:/la)?|je napisao|написал(?:а|\(а\))?"
    r"|написав|написала|написа|пише|пишет|พิมพ์|เขียนว่า|เขียน)\b"
    r"|เขียน|写道|寫道|のメッセージ|のメール|書きました|님이 작성|작성|쓴 글|כתב|كتب|كتابة"
)
# What an introduction begins with: "On", "Am", a weekday, a date.
OPENER = (
    r"(?:on|am|le|el|il|op|em|no dia|às|den|dne|dňa|dnia|w dniu|wiadomość|pe|la|în|στις|vào|pada"
    r"|на|в|от|a|al|ti|ma|to|ke|su|fös|kell|data|date|date de l'envoi|dana|kuupäeval|v v"
    r"|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mié|jeu|jue|ven|vie|sam"
    r"|sáb|sab"
    r"|dim|dom|gio|seg|ter|qua|qui|sex|man|tir|ons|tor|fre|lør|søn|lör|sön|pon|wt|śr|czw|pt|sob"
    r"|niedz|pn|po|út|st|čt|pá|so|ne|vin|joi|mie|dum|ср|пн|вт|чт|пт|сб|вс|нд|pet|sri|čet|uto|ned)"
    r"[\s,.]|in data|\d{1,4}[-/.]\s?\d{1,2}|\d{4}\s?[年년]|\d{1,2}\.?\s+\w{3,12}\.?\s+\d{4}"
    r"|在|於|于"
    r"|في|ב"
)
ORIGINAL = (
    r"original message|original e?-?mail|ursprüngliche nachricht|original-?nachricht|mail original"
    r"|původní e-?mail|ursprüngliche e-?mail|e-?mail originale"
    r"|urspr\. nachricht|message d'origine|message original|mensaje original|messaggio originale"
    r"|oorspronkelijk bericht|mensagem original|ursprungligt meddelande|oprindelig meddelelse"
    r"|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość"
    r"|původní zpráva|pôvodná správa|eredeti üzenet|mesaj original|mesajul original|özgün ileti"
    r"|orijinal mesaj|исходное сообщение|оригинальное сообщение|оригінальне повідомлення"
    r"|αρχικό μήνυμα|оригинално съобщение|izvorna poruka|originalna poruka|izvirno sporočilo"
    r"|originalus laiškas|thư gốc|הודעה מקורית|الرسالة الأصلية|原始邮件|原始郵件|邮件原件"
    r"|元のメッセージ"
    r"|原本信件|원본 메시지|원본 메일"
    r"|reply message|antwort nachricht|forwarded message|forwarded email|weitergeleitete nachricht"
    r"|message transféré|message réexpédié|mensaje reenviado|messaggio inoltrato"
    r"|doorgestuurd bericht|mensagem encaminhada|mensagem reencaminhada|vidarebefordrat meddelande"
    r"|videresendt meddelelse|videresendt melding|välitetty viesti|přeposlaná zpráva"
    r"|továbbított üzenet|mesaj redirecționat|iletilen mesaj|пересылаемое сообщение"
    r"|пересланное сообщение|переслане повідомлення|przekazana wiadomość|转发的邮件|轉寄郵件"
    r"|转发邮件信息|転送メッセージ|전달된 메시지"
    r"|begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem (?:re)?encaminhada"
    r"|początek (?:przekazywanej|przekazanej|przesłanej dalej) wiadomości"
    r"|treść przekazanej wiadomości"
)
# "Please type your reply above this line", in what ticket systems speak.
ABOVE = r"above|oberhalb|über|au-dessus|encima|sopra|boven|acima|ovanför|ovenfor|powyżej|nad"
LINE = r"line|linie|zeile|ligne|línea|linea|riga|lijn|regel|linha|rad|linje|linii|čáru|viiva"
FIELDS: dict[str, str] = {
    "from": "from|desde|von|de|da|van|från|fra|od|от|от кого|від|lähettäjä|feladó|kimden|gönderen"
    "|expéditeur|remitente|mittente|afzender|remetente|avsändare|afsender|nadawca|odesílatel"
    "|expeditor|de la|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람|מאת|من|από|từ"
    "|pošiljatelj|saatja",
    "to": "to|an|à|a|para|per|aan|till|til|do|komu|кому|до|za|vastaanottaja|címzett|kime|alıcı"
    "|destinataire|destinatario|empfänger|către|收件人|收件者|宛先|받는 사람|받는사람|אל"
    "|إلى|προς|đến"
    "|cc|kopie|copie|copia|kopia|kopi|копия|копія|dw|másolat|抄送|副本|참조|bcc",
    "date": "date|datum|data|fecha|dato|dataen|dátum|tarih|päivä|päivämäärä|дата|ημερομηνία"
    "|日期|時間"
    "|时间|日時|日付|날짜|תאריך|التاريخ|ngày",
    # nobody types these to change a value
    "sent": "sent|sent on|gesendet|gesendet am|envoyé|envoyé le|enviado|enviado el|enviada em"
    "|enviado em|enviada|inviato|verzonden|skickat|sendt|wysłano|wysłane|odesláno|odoslané"
    "|elküldve|küldve|gönderme tarihi|gönderildi|lähetetty|отправлено|надіслано|изпратено|trimis"
    "|στάλθηκε|poslano|poslato|đã gửi|发送时间|發送時間|送信日時|寄件日期|보낸 날짜|נשלח"
    "|تاريخ الإرسال"
    "|أرسلت",
    "subject": "subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|předmět"
    "|predmet|tárgy|konu|aihe|тема|относно|subiect|主题|主旨|主題|件名|제목|נושא|الموضوع"
    "|θέμα|chủ đề"
    "|sujet|teema",
}
