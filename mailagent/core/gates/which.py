"""G6, G7 and G8: which draft, still open, and still the same."""

import re
from datetime import timedelta

from mailagent.core.draft import Draft, DraftState
from mailagent.core.gates.context import (
    MOST_TOKENS,
    Choice,
    Context,
    Gate,
    Pass,
    Refusal,
    Ruling,
    choices,
    chosen,
    routing_tokens,
    sender,
)
from mailagent.core.reply import Reply
from mailagent.core.token import digest_letters

_REFERENCE = re.compile(r"\[\s?ops\s+([0-9A-Z-]{2,12})\s?\]", re.IGNORECASE)
# The clocks of phones go wrong by minutes.
_SLOW_CLOCK = timedelta(minutes=15)
_ENDED = {
    DraftState.USED: "this draft was already used",
    DraftState.SUPERSEDED: "this draft is superseded by a newer version",
    DraftState.EXPIRED: "this draft has expired",
    DraftState.FROZEN: "this draft is frozen after failed attempts",
}


def g6_which(reply: Reply, context: Context) -> Ruling:
    """Exactly one live token, of this very person, and the draft's reference in the Subject."""
    found = choices(reply, context)
    if len(found) > 1 or len(routing_tokens(reply)) > MOST_TOKENS:
        return Refusal(gate=Gate.WHICH, reason="it carries the tokens of more than one draft")
    if not found:
        return Refusal(gate=Gate.WHICH, reason="it carries no token of ours")
    why = _mismatch(found[0], reply, context)
    return Refusal(gate=Gate.WHICH, reason=why) if why else Pass(gate=Gate.WHICH)


def _mismatch(choice: Choice, reply: Reply, context: Context) -> str:
    draft = choice.candidate.draft
    who = sender(reply, context)
    if who is None or who[0].id != draft.person:
        return "its token was given to somebody else"
    if references_in(reply.subject) != {draft.ref.upper()}:
        return f"its Subject does not carry [ops {draft.ref}] alone"
    return ""


def references_in(subject: str) -> frozenset[str]:
    """The draft references that a Subject carries."""
    return frozenset(ref.upper() for ref in _REFERENCE.findall(subject))


def g7_now(reply: Reply, context: Context) -> Ruling:
    """The token can still be used, and the mail was written after this version was issued."""
    choice = chosen(reply, context)
    why = _untimely(choice.candidate.draft, reply, context) if choice else "no draft is answered"
    return Refusal(gate=Gate.NOW, reason=why) if why else Pass(gate=Gate.NOW)


def _untimely(draft: Draft, reply: Reply, context: Context) -> str:
    if draft.state in _ENDED:
        return _ENDED[draft.state]
    if context.now >= draft.expires_at:
        return _ENDED[DraftState.EXPIRED]
    if reply.date is None:
        return "its Date cannot be read"
    if reply.date < draft.issued_at - _SLOW_CLOCK:
        return "it was written before this version was issued"
    return ""


def g8_same(reply: Reply, context: Context) -> Ruling:
    """What would happen now is what was shown: in the store, and in the token that came back."""
    choice = chosen(reply, context)
    if choice is None:
        return Refusal(gate=Gate.SAME, reason="no draft is answered")
    now = choice.candidate.recomputed
    if now != choice.candidate.draft.digest:
        return Refusal(gate=Gate.SAME, reason="what would happen is not what was shown")
    if digest_letters(now) != choice.token.digest:
        return Refusal(gate=Gate.SAME, reason="the token is of other content than what is stored")
    return Pass(gate=Gate.SAME)
