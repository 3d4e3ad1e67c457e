"""A look at a mail: which kind it is, why, how sure that is, and for whom.

Structure first (an invitation, a bounce), then all that its header, its form and its words say
together. Nothing is put out of sight by words alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from typing import NamedTuple

from mailagent.core.message import Message
from mailagent.core.reading import Kind
from mailagent.core.triage import BULK, Look, Tone, Topic, because
from parsers.mail.automatic import reports_delivery
from parsers.mail.forwarded import original_sender
from parsers.mail.headers import Fields, fields_of, first, header_block
from parsers.mail.reply import split_reply
from parsers.triage.envelope import envelope_of
from parsers.triage.likeness import Like, shipped_likeness
from parsers.triage.phrases import Found, shipped_phrases, tokens_of
from parsers.triage.signs import signs_of
from parsers.triage.traits import CODE, DAY, LINKS, MONEY, Mailed, traits
from parsers.triage.whom import addressee

_LONGEST = 6_000  # characters that are looked at
_BRIEF = 300  # of a mail whose one link is all that it is for
_SHORT = 1_500  # of a mail with a code: it says nothing else
_ENOUGH, _PLENTY = 3, 6  # points of phrases
_DOUBT = 0.5  # somebody is asked
_MOST = 0.95  # words are never surer
_TELLING = 4  # letters of a word that a reason names
_SURE_OF_SPAM = 0.85  # where no filter says so
_LITTLE, _HARDLY = 0.1, 0.03  # share of all that is of value, below which a mail may lie unread
_TOLD = 0.75  # where phrases say it, and nothing else does
_ASKS = (Kind.MEETING_REQUEST, Kind.REQUEST, Kind.PAYMENT_REMINDER, Kind.PURCHASE_ORDER, Kind.QUOTE)
_RIVAL = 0.2  # share of what else it could be
_NOT_SEEN = BULK | {Kind.CODE}  # nobody gets a draft of these
_TOPICS = {topic.value for topic in Topic}
_NO_KINDS = frozenset(
    {"urgent", "complaint", "thanks", "greeting", "common", "transfer", "secrecy", "new_account"}
)
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

    mailed: Mailed
    points: Mapping[Kind, int]  # by the phrases in it
    words: Mapping[Kind, Sequence[str]]  # what said so

    @property
    def text(self) -> str:
        return self.mailed.text

    def count(self, kind: Kind) -> int:
        return self.points.get(kind, 0)

    def quoted(self, kind: Kind) -> str:
        return _quoted(self.words.get(kind, ())[:2])


def looked_at(raw: bytes, message: Message) -> Message:
    """The mail with what it seems to be, and with the signs that frauds show."""
    headers = fields_of(header_block(raw))
    mailed = _mailed(message, headers)
    first_sender = original_sender(message)
    return message.model_copy(
        update={
            "first_sender": first_sender.address if first_sender else "",
            "look": _look_at(message, headers, mailed),
            "signs": signs_of(headers, message),
        }
    )


def look_at(raw: bytes, message: Message) -> Look:
    """What this mail seems to be."""
    return looked_at(raw, message).look


def traits_of(raw: bytes, message: Message) -> Mapping[str, str]:
    """What is counted of it, where its kind is known."""
    return traits(_mailed(message, fields_of(header_block(raw))))


def _look_at(message: Message, headers: Fields, mailed: Mailed) -> Look:
    made = _structure(message, headers) or _words(_weighed(mailed))
    found = mailed.found
    return made.model_copy(
        update={
            "addressee": addressee(mailed.text),
            "language": _language(found),
            "urgent": any(f.kind == "urgent" for f in found) or _marked_urgent(headers),
            "tone": _tone(found),
            "bulk": mailed.envelope.bulk,
        }
    )


def _mailed(message: Message, headers: Fields) -> Mailed:
    """What is looked at; of a mail that was sent on, who wrote it first counts as its sender."""
    text = _text_of(message)
    wrote = original_sender(message, inline=False)
    name, address = parseaddr(wrote.quote if wrote else message.sender)
    address = (wrote.address if wrote else message.sender_address) or address
    return Mailed(
        subject="\n".join([message.subject, *(m.subject for m in message.nested)]),
        text=text,
        found=list(shipped_phrases().found(tokens_of(f"{message.subject}\n.\n{text}"))),
        envelope=envelope_of(headers, message.automatic),
        name=name,
        address=address,
        is_role=bool(_ROLES.match(address)),
        is_designed=bool(message.html),
    )


def _text_of(message: Message) -> str:
    """Its own words; of a mail that was sent on, those of the mail below as well."""
    inner = "\n".join(f"{m.subject}\n{m.text}" for m in message.nested[:3])
    if inner or _SENT_ON.match(message.subject):
        return f"{message.text}\n{inner}"[:_LONGEST]
    own = split_reply(message.text[:_LONGEST])
    return own.own if own.own.strip() else message.text[:_LONGEST]


def _weighed(mailed: Mailed) -> _Seen:
    """Each phrase counts once."""
    points: dict[Kind, int] = defaultdict(int)
    words: dict[Kind, list[str]] = defaultdict(list)
    for one in {(f.kind, f.words): f for f in mailed.found if f.kind not in _NO_KINDS}.values():
        kind = Kind.REQUEST if one.kind in _TOPICS else Kind(one.kind)
        points[kind] += one.points
        words[kind].append(one.words)
        words[kind].sort(key=len, reverse=True)
    return _Seen(mailed, points, words)


# -- structure


def _structure(message: Message, headers: Fields) -> Look | None:
    if message.automatic == "it is a calendar's answer":
        return _look(Kind.AUTOMATIC, 0.99, "sign", message.automatic)
    if _invites(message):
        return _look(Kind.MEETING_REQUEST, 0.99, "invitation")
    said = first(headers, "auto-submitted").lower()
    if message.automatic.startswith(_HARD) or said.startswith(_HARD_FIELDS):
        return _look(Kind.AUTOMATIC, 0.95, "sign", message.automatic)
    if message.automatic and (told := reports_delivery(headers, message.subject, message.text)):
        return _look(Kind.AUTOMATIC, 0.95, "sign", told)
    return None


def _invites(message: Message) -> bool:
    parts = [*message.attachments, *(a for m in message.nested for a in m.attachments)]
    return any(part.media_type == "text/calendar" for part in parts)


# -- words


def _words(seen: _Seen) -> Look:
    """The likest kind; what must not be put out of sight is doubtful."""
    if not seen.text.strip():
        return _look(Kind.OTHER, _DOUBT, "empty")
    shown = traits(seen.mailed)
    like = shipped_likeness().most_like(shown)
    if seen.mailed.envelope.spam and _of_value(like) < _DOUBT:
        return _look(Kind.SPAM, 0.9, "filter")
    like = _by_phrases(seen, _by_machine(seen, _by_form(seen, like)))
    confidence = min(_MOST, _share(like))
    valuable = _names_value(seen, like, shown) or not _may_be_unseen(seen, like)
    if like.kind in _NOT_SEEN and valuable:
        confidence = min(confidence, _DOUBT)
    told = seen.quoted(like.kind) if seen.count(like.kind) >= _ENOUGH else ""
    why, said = ("words", told) if told else _likeness(like)
    rivals = tuple(kind for kind, share in like.shares.items() if share >= _RIVAL)
    rivals = tuple(kind for kind in rivals if kind is not like.kind)
    made = _look(like.kind, confidence, why, said, rivals)
    topic = like.topic if like.kind is Kind.REQUEST else None
    return made.model_copy(update={"topic": topic})


def _by_form(seen: _Seen, like: Like) -> Like:
    """What has neither a number nor a link is no code."""
    text = f"{seen.mailed.subject}\n{seen.text}"
    return like if CODE.search(text) or LINKS.search(text) else _without(like, Kind.CODE)


def _by_machine(seen: _Seen, like: Like) -> Like:
    """People write letters; what a list, a house or a machine sends is something else."""
    envelope = seen.mailed.envelope
    sent = envelope.house or envelope.machine or envelope.bulk
    return (
        like
        if envelope.talk or envelope.answers or not sent
        else _without(like, Kind.CORRESPONDENCE)
    )


def _without(like: Like, kind: Kind) -> Like:
    """The likest of the others; one that was not the likest before is doubtful."""
    others = {one: share for one, share in like.shares.items() if one is not kind}
    whole = sum(others.values())
    shares: dict[Kind, float] = {one: share / whole for one, share in others.items()}
    best = max(shares, key=lambda one: (shares[one], one.value))
    share = shares[best] if best is like.kind else min(_DOUBT, shares[best])
    return like._replace(kind=best, share=share, shares=shares)


def _by_phrases(seen: _Seen, like: Like) -> Like:
    """What reads like any letter, and says in so many words what it is for, is that."""
    said = sorted(_ASKS, key=lambda kind: (seen.count(kind), kind.value), reverse=True)
    best, second = (seen.count(kind) for kind in said[:2])
    if like.kind is not Kind.CORRESPONDENCE or best < _ENOUGH or second >= best - 1:
        return like
    share = like.shares[said[0]]
    if share < _HARDLY and best < _PLENTY:
        return like
    told = _TOLD if best >= _PLENTY else _DOUBT
    return like._replace(kind=said[0], share=max(share, told))


def _share(like: Like) -> float:
    """Of what nobody has to look at, whichever it is: it lies aside all the same."""
    if like.kind not in BULK or like.kind is Kind.SPAM:
        return like.share
    return sum(share for kind, share in like.shares.items() if kind in BULK - {Kind.SPAM})


def _of_value(like: Like) -> float:
    """The share of all that somebody waits for: a code as well, where it is not taken for one."""
    unseen = BULK | {like.kind} & {Kind.CODE}
    return sum(share for kind, share in like.shares.items() if kind not in unseen)


def _may_be_unseen(seen: _Seen, like: Like) -> bool:
    """The header or a mark of its form says so too; words alone have to be very sure."""
    envelope, value = seen.mailed.envelope, _of_value(like)
    if like.kind is Kind.CODE:
        there = CODE.search(f"{seen.mailed.subject}\n{seen.text}") or LINKS.search(seen.text)
        return bool(there) and len(seen.text) <= _SHORT
    if like.kind is Kind.SPAM:
        return like.share >= _SURE_OF_SPAM and not envelope.answers
    if not (envelope.bulk or envelope.machine or envelope.house):
        return seen.count(like.kind) >= _PLENTY and value < _HARDLY
    names = MONEY.search(seen.text) and DAY.search(seen.text)
    one_phrase = seen.count(like.kind) <= _ENOUGH and not envelope.bulk
    return value < (_HARDLY if names or one_phrase else _LITTLE)


def _names_value(seen: _Seen, like: Like, shown: Mapping[str, str]) -> bool:
    """Sums that add up, or a link that proves an address: its likest kind may be wrong."""
    if seen.mailed.envelope.spam or like.kind is Kind.CODE:
        return False
    sums = {"=amount_bare", "=amount_money"} & shown.keys()
    adds_up = sums and "=total" in shown and not seen.mailed.envelope.leave
    proves = {"=sign_up", "=yours"} & shown.keys() and "$links 1" in shown
    return bool(adds_up or (proves and len(seen.text) <= _BRIEF and not _has_code(seen)))


def _has_code(seen: _Seen) -> bool:
    return bool(CODE.search(f"{seen.mailed.subject}\n{seen.text}"))


def _likeness(like: Like) -> tuple[str, str]:
    """Words that a mail has in common with all others tell a person nothing."""
    if like.kind is Kind.CORRESPONDENCE:
        return "person", ""
    telling = [word for word in like.words if len(word) >= _TELLING]
    return "like", _quoted(telling or like.words)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"\u201c{said}\u201d" for said in words)


def _look(
    kind: Kind, confidence: float, why: str, said: str = "", rivals: tuple[Kind, ...] = ()
) -> Look:
    told = {"kind": kind, "confidence": confidence, "rivals": rivals, **because(why, said)}
    return Look.model_validate(told)


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
