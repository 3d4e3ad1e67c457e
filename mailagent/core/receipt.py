"""What a receipt says of each action: how it ended, and what no undo can take back."""

from collections.abc import Mapping, Sequence

from mailagent.core.capability import reverse
from mailagent.core.effect import Effect, EffectState
from mailagent.core.letter import Line, Settled
from mailagent.core.proposal import Action

_SETTLED = {
    EffectState.DONE: Settled.DONE,
    EffectState.FAILED: Settled.FAILED,
    EffectState.UNKNOWN: Settled.UNKNOWN,
    EffectState.AGAIN: Settled.REFUSED,
    EffectState.SKIPPED: Settled.LEFT_OUT,
}


def line_of(action: Action, effects: Mapping[int, Effect], left_out: Sequence[int] = ()) -> Line:
    """One action with its end."""
    effect = effects.get(action.number)
    if effect is None and action.number in left_out:
        return Line(number=action.number, payload=action.payload, settled=Settled.LEFT_OUT)
    settled = _SETTLED.get(effect.state, Settled.REFUSED) if effect else Settled.REFUSED
    return Line(
        number=action.number,
        payload=action.payload,
        settled=settled,
        detail=effect.detail if effect else "",
        why=effect.why if effect else None,
    )


def irreversible(effects: Mapping[int, Effect]) -> tuple[Line, ...]:
    """What an undo leaves as it is: done, or perhaps done, and without a way back."""
    return tuple(
        Line(number=n, payload=e.payload, settled=_SETTLED[e.state], detail=e.detail, why=e.why)
        for n, e in sorted(effects.items())
        if e.state in (EffectState.DONE, EffectState.UNKNOWN)
        and (e.outcome is None or reverse(e.payload, e.outcome) is None)
    )
