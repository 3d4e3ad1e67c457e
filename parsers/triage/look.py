"""A look at a mail: which kind it is, why, how sure that is, and for whom.

Structure first (an invitation, a bounce), then the header, then the words. What could be of value
needs a particular beside its words where a machine sent it to many: an amount, a number, a day.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mailagent.core.message import Message
from mailagent.core.reading import Kind
from mailagent.core.triage import BULK, Look, Tone, Topic, because
from parsers.mail.forwarded import original_sender
from parsers.mail.headers import Fields, fields_of, first, header_block
from parsers.mail.reply import split_reply
from parsers.triage.envelope import Envelope, envelope_of
from parsers.triage.likeness import CODE, DAY, LINKS, MONEY, PAYABLE, Like, shipped_likeness, traits
from parsers.triage.phrases import Found, shipped_phrases, tokens_of
from parsers.triage.signs import signs_of
from parsers.triage.whom import addressee

_LONGEST = 6_000  # characters that are looked at
_SHORT = 1_500  # of a mail with a code: it says nothing else
_ENOUGH, _PLENTY = 3, 6  # points
_DOUBT = 0.5  # somebody is asked
_FAR = 8.0  # by so much the likest kind is before the next where it can be relied on
_WEAK = 0.75  # of a few words each of which says little
_UNTOLD = frozenset({Kind.OTHER, Kind.CORRESPONDENCE})  # what is left where no phrase says more
_NOT_SEEN = BULK | {Kind.CODE}  # nobody gets a draft of these
_TOPICS = {topic.value for topic in Topic}
_NO_KINDS = frozenset(
    {"urgent", "complaint", "thanks", "greeting", "common", "transfer", "secrecy", "new_account"}
)
_VALUE = frozenset(
    {Kind.BILL_NOTICE, Kind.NOTICE, Kind.INVOICE, Kind.RECEIPT, Kind.PAYMENT_REMINDER}
    | {Kind.ORDER_CONFIRMATION, Kind.PURCHASE_ORDER, Kind.QUOTE, Kind.STATEMENT, Kind.CONTRACT}
    | {Kind.MEETING_REQUEST, Kind.REQUEST}
)
_NUMBER = re.compile(r"\b(?=[\w/-]*\d{3})[\w/-]{4,}\b")
_LINK = re.compile(r"https?://", re.IGNORECASE)
_ALONE = re.compile(r"^\s*(?:\d{4,8}|\d{3}[ -]\d{3})\s*$", re.MULTILINE)
_ROLES = re.compile(
    r"(?:no-?reply|do-?not-?reply|info|team|support|service|hello|news|newsletter|updates?|billing|accounts?"
    r"|tracking|orders?|shop|store|marketing|notifications?|alerts?|security|mailer|kontakt|kundenservice"
    r"|contact|rechnung|invoices?|facturation|fatture|delivery|shipping|versand)(?:[-+._].*)?@"
)
_SENT_ON = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|fw|doorst)\s*:", re.IGNORECASE)
_HARD = ("it is a ", "its Subject", "it begins as", "it says that", "it reads as")
_HARD_FIELDS = ("auto-replied",)


class _Seen(NamedTuple):
    """All that is weighed."""

    subject: str
    text: str
    points: Mapping[Kind, int]
    topic: Topic | None
    words: Mapping[Kind, Sequence[str]]  # what said so
    envelope: Envelope
    is_role: bool  # the sender is an office, or a machine, by its address
    found: Sequence[Found]

    def count(self, kind: Kind) -> int:
        return self.points.get(kind, 0)

    def traits(self, subject: str) -> frozenset[str]:
        """What likeness counts."""
        return traits(subject, self.text, self.found, self.envelope, is_role=self.is_role)

    def quoted(self, kind: Kind) -> str:
        return ", ".join(f"\u201c{words}\u201d" for words in self.words.get(kind, ())[:2])


def looked_at(raw: bytes, message: Message) -> Message:
    """The mail with what it seems to be, and with the signs that frauds show."""
    headers = fields_of(header_block(raw))
    text = _text_of(message)
    found = list(shipped_phrases().found(tokens_of(f"{message.subject}\n.\n{text}")))
    look = _look_at(message, headers, text, found)
    first_sender = original_sender(message)
    return message.model_copy(
        update={
            "first_sender": first_sender.address if first_sender else "",
            "look": look,
            "signs": signs_of(headers, message, found),
        }
    )


def look_at(raw: bytes, message: Message) -> Look:
    """What this mail seems to be."""
    return looked_at(raw, message).look


def traits_of(raw: bytes, message: Message) -> frozenset[str]:
    """What is counted of it, where its kind is known."""
    headers, text = fields_of(header_block(raw)), _text_of(message)
    found = list(shipped_phrases().found(tokens_of(f"{message.subject}\n.\n{text}")))
    seen = _weighed(message, text, found, set(), envelope_of(headers, message.automatic))
    return seen.traits(message.subject)


def _look_at(message: Message, headers: Fields, text: str, found: Sequence[Found]) -> Look:
    strong = {f.words for f in shipped_phrases().found(tokens_of(message.subject))}
    seen = _weighed(message, text, found, strong, envelope_of(headers, message.automatic))
    made = _structure(message, headers) or _words(seen, message.subject)
    return made.model_copy(
        update={
            "addressee": addressee(text),
            "language": _language(found),
            "urgent": any(f.kind == "urgent" for f in found) or _marked_urgent(headers),
            "tone": _tone(found),
            "bulk": seen.envelope.bulk,
            "topic": seen.topic if made.kind is Kind.REQUEST else None,
        }
    )


def _text_of(message: Message) -> str:
    """Its own words; of a mail that was sent on, those of the mail below as well."""
    inner = "\n".join(f"{m.subject}\n{m.text}" for m in message.nested[:3])
    if inner or _SENT_ON.match(message.subject):
        return f"{message.text}\n{inner}"[:_LONGEST]
    own = split_reply(message.text[:_LONGEST])
    return own.own if own.own.strip() else message.text[:_LONGEST]


def _weighed(
    message: Message, text: str, found: Sequence[Found], strong: set[str], envelope: Envelope
) -> _Seen:
    """Each phrase counts once, and double where it stands in the subject."""
    points: dict[Kind, int] = defaultdict(int)
    topics: Counter[str] = Counter()
    words: dict[Kind, list[str]] = defaultdict(list)
    for one in {(f.kind, f.words): f for f in found if f.kind not in _NO_KINDS}.values():
        worth = one.points * (2 if one.words in strong else 1)
        if one.kind in _TOPICS:
            topics[one.kind] += worth
            kind = Kind.REQUEST
        else:
            kind = Kind(one.kind)
            points[kind] += worth
        words[kind].append(one.words)
        words[kind].sort(key=len, reverse=True)
    topic = max(topics, key=lambda name: topics[name], default="")
    if topic:
        points[Kind.REQUEST] = topics[topic]
    inner = "\n".join([message.subject, *(m.subject for m in message.nested)])
    if _ALONE.search(text) and points[Kind.CODE]:
        points[Kind.CODE] += _ENOUGH
    wrote = original_sender(message, inline=False)
    is_role = bool(_ROLES.match(wrote.address if wrote else message.sender_address))
    about = Topic(topic) if topic else None
    return _Seen(inner, text, points, about, words, envelope, is_role, found)


# -- structure


def _structure(message: Message, headers: Fields) -> Look | None:
    if message.automatic == "it is a calendar's answer":
        return _look(Kind.AUTOMATIC, 0.99, "sign", message.automatic)
    if _invites(message):
        return _look(Kind.MEETING_REQUEST, 0.99, "invitation")
    said = first(headers, "auto-submitted").lower()
    if message.automatic.startswith(_HARD) or said.startswith(_HARD_FIELDS):
        return _look(Kind.AUTOMATIC, 0.95, "sign", message.automatic)
    return None


def _invites(message: Message) -> bool:
    parts = [*message.attachments, *(a for m in message.nested for a in m.attachments)]
    return any(part.media_type == "text/calendar" for part in parts)


# -- words


def _words(seen: _Seen, subject: str) -> Look:
    said = _code(seen) or _spam(seen) or _value(seen) or _bulk(seen) or _person(seen)
    if not seen.text.strip():
        return said
    return _both(seen, said, shipped_likeness().most_like(seen.traits(subject)))


def _both(seen: _Seen, said: Look, like: Like) -> Look:
    """Phrases go first; what none of them tells, all words together say.

    Neither sets aside what the other takes for something of value.
    """
    if said.kind is like.kind:
        return said if _may_be_unseen(seen, said) else _doubted(said)
    weak = said.confidence <= _WEAK and like.ahead >= _FAR and {said.kind, like.kind} <= _VALUE
    if said.kind in _UNTOLD or not said.is_sure or weak:
        return _look(like.kind, _as_like(seen, like), "like", ", ".join(like.words))
    agreed = like.kind in _NOT_SEEN and _may_be_unseen(seen, said)
    return said if said.kind not in _NOT_SEEN or agreed else _doubted(said)


def _may_be_unseen(seen: _Seen, said: Look) -> bool:
    """One phrase alone is shown to somebody, but where a list sent it and it names nothing.

    So is a mail that is no mass mailing by its header.
    """
    if said.kind not in _IDLE:
        return True
    names = MONEY.search(seen.text) or DAY.search(seen.text)
    if seen.envelope.bulk and not names:
        return True
    sign = seen.envelope.bulk or seen.envelope.machine
    return seen.count(said.kind) >= (_ENOUGH + 1 if sign else _PLENTY)


def _doubted(said: Look) -> Look:
    return said.model_copy(update={"confidence": min(said.confidence, _DOUBT)})


def _as_like(seen: _Seen, like: Like) -> float:
    """Words alone put nothing out of sight: the header must say so too, and no word of value."""
    if like.ahead < _FAR:
        return _DOUBT
    if like.kind not in _NOT_SEEN:
        return 0.75
    sign = seen.envelope.bulk or seen.envelope.machine
    value = any(seen.count(kind) for kind in _VALUE) or MONEY.search(seen.text)
    return 0.75 if like.kind in _IDLE and sign and not value else _DOUBT


def _code(seen: _Seen) -> Look | None:
    """A code or a link, and little beside it."""
    there = CODE.search(f"{seen.subject}\n{seen.text}") or _LINK.search(seen.text)
    if seen.count(Kind.CODE) < _ENOUGH or not there or len(seen.text) > _SHORT:
        return None
    rival = max(seen.count(kind) for kind in {*_VALUE, Kind.NEWSLETTER, Kind.SPAM})
    if rival >= seen.count(Kind.CODE):
        return None
    return _look(Kind.CODE, _sure(seen.count(Kind.CODE), rival), "words", seen.quoted(Kind.CODE))


def _spam(seen: _Seen) -> Look | None:
    count = seen.count(Kind.SPAM)
    value = max((seen.count(kind) for kind in _VALUE), default=0)
    if seen.envelope.spam and value < _PLENTY:
        return _look(Kind.SPAM, 0.9, "filter")
    if count < _ENOUGH or count <= value or (count < _ENOUGH + 1 and not seen.envelope.bulk):
        return None
    return _look(Kind.SPAM, _sure(count, value), "words", seen.quoted(Kind.SPAM))


def _value(seen: _Seen) -> Look | None:
    """Something that somebody has to deal with."""
    seen = _bill_or_notice(seen)
    ranked = sorted(_VALUE, key=lambda kind: (seen.count(kind), kind.value), reverse=True)
    best, second = ranked[:2]
    count = seen.count(best)
    if count < _ENOUGH or not _is_particular(seen, best):
        return None
    idle = max(seen.count(kind) for kind in BULK)
    if seen.envelope.bulk and idle > 2 * count:
        return None
    rival = max(seen.count(second), idle if idle > count else 0)
    rivals = tuple(kind for kind in (second,) if seen.count(kind) >= _ENOUGH)
    return _look(best, _sure(count, rival), "words", seen.quoted(best), rivals)


def _bill_or_notice(seen: _Seen) -> _Seen:
    """The words are the same: a bill says where to pay, a note of one where to look."""
    bill, notice = seen.count(Kind.INVOICE), seen.count(Kind.BILL_NOTICE)
    if bill < _ENOUGH and notice < _ENOUGH:
        return seen
    told = bool(_LINK.search(seen.text)) or bill < _PLENTY
    looks = told and notice > 0 and not PAYABLE.search(seen.text)
    kept, gone = (Kind.BILL_NOTICE, Kind.INVOICE) if looks else (Kind.INVOICE, Kind.BILL_NOTICE)
    if not seen.count(kept) and not looks:
        return seen
    points = {**seen.points, kept: bill + notice, gone: 0}
    words = {**seen.words, kept: (*seen.words.get(kept, ()), *seen.words.get(gone, ()))}
    return seen._replace(points=points, words=words)


def _is_particular(seen: _Seen, kind: Kind) -> bool:
    """What goes to many speaks of things in general; what is meant for us names one."""
    if not (seen.envelope.bulk or seen.envelope.machine):
        return True
    whole = f"{seen.subject}\n{seen.text}"
    if kind in (Kind.NOTICE, Kind.MEETING_REQUEST, Kind.REQUEST):
        return bool(MONEY.search(whole) or DAY.search(whole)) or seen.count(kind) >= _PLENTY
    return bool(MONEY.search(whole) or _NUMBER.search(LINKS.sub(" ", whole)))


_IDLE = (Kind.SHIPPING, Kind.NOTIFICATION, Kind.NEWSLETTER)


def _bulk(seen: _Seen) -> Look | None:
    ranked = sorted(_IDLE, key=lambda kind: (seen.count(kind), kind.value), reverse=True)
    best = ranked[0]
    count = seen.count(best)
    value = max(seen.count(kind) for kind in _VALUE)
    sign = seen.envelope.bulk or seen.envelope.machine
    if count >= _ENOUGH:
        confidence = _sure(count + (2 if sign else 0), max(value, seen.count(ranked[1])))
        return _look(best, confidence, "words", seen.quoted(best))
    if not sign:
        return None
    if value or MONEY.search(seen.text) or not count:
        return _look(Kind.OTHER, 0.4, "doubtful", sign)
    kind = Kind.NEWSLETTER if seen.envelope.bulk else Kind.NOTIFICATION
    return _look(kind, 0.75, "sign", sign)


def _person(seen: _Seen) -> Look:
    """Nothing says machine, and nothing says what it is: people write so."""
    known = max((seen.count(kind) for kind in {*_VALUE, *BULK, Kind.CODE}), default=0)
    if not seen.text.strip():
        return _look(Kind.OTHER, 0.5, "empty")
    if known >= _ENOUGH:
        return _look(Kind.OTHER, 0.4, "several")
    if seen.is_role and _LINK.search(seen.text):
        return _look(Kind.OTHER, 0.4, "office")
    return _look(Kind.CORRESPONDENCE, 0.75, "person")


def _look(
    kind: Kind, confidence: float, why: str, said: str = "", rivals: tuple[Kind, ...] = ()
) -> Look:
    told = {"kind": kind, "confidence": confidence, "rivals": rivals, **because(why, said)}
    return Look.model_validate(told)


def _sure(count: int, rival: int) -> float:
    """By the points, less where something else has nearly as many."""
    base = 0.95 if count >= _PLENTY + 2 else 0.85 if count > _ENOUGH else 0.75
    return base - (0.25 if rival >= count - 1 and rival >= _ENOUGH else 0.0)


# -- beside the kind


def _language(found: Sequence[Found]) -> str:
    counts = Counter(f.language for f in found if f.kind == "common")
    return counts.most_common(1)[0][0] if counts else ""


def _tone(found: Sequence[Found]) -> Tone:
    kinds = {f.kind for f in found}
    if "complaint" in kinds:
        return Tone.COMPLAINT
    return Tone.THANKFUL if "thanks" in kinds else Tone.PLAIN


def _marked_urgent(headers: Fields) -> bool:
    priority = first(headers, "x-priority").strip()[:1]
    return first(headers, "importance").strip().lower() == "high" or priority == "1"
