"""A decision as one flat object: what `mailagent read --as reply` prints."""

from typing import Any

from mailagent.core.decision.types import Command, Decision, Execute, Items, One, Revise, Shown

_NAMES = {"revise": "edit", "items": "brief", "unclear": "unclear"}


def told(decision: Decision, shown: Shown) -> dict[str, Any]:
    """Every key is always there; what does not apply is empty."""
    return blank(_name(decision)) | _facts(decision, shown)


def blank(name: str, reason: str | None = None) -> dict[str, Any]:
    """A decision of which nothing more is known than why it is one."""
    return {
        "decision": name,
        "left_out": [],
        "reject_reason": None,
        "edits": {},
        "when": None,
        "items": {},
        "to": None,
        "reason": reason,
    }


def _facts(decision: Decision, shown: Shown) -> dict[str, Any]:
    match decision:
        case Execute():
            return _executed(decision, shown)
        case Revise():
            return {"edits": decision.edits, "left_out": list(decision.left_out)}
        case Command():
            return _commanded(decision)
        case Items():
            return {"items": _items(decision)}
    return {"reason": f"{decision.why.in_short()}. Likely: {' | '.join(decision.likely)}"}


def _executed(said: Execute, shown: Shown) -> dict[str, Any]:
    return {
        "left_out": list(said.left_out),
        "reject_reason": said.reason or None,
        "items": {_number_of(said.choice, shown): said.choice} if said.choice else {},
    }


def _number_of(choice: str, shown: Shown) -> str:
    """A draft of several alternatives is one thing; a file may give it another number."""
    return next((n for n, item in shown.items.items() if choice in item.alternatives), "1")


def _commanded(said: Command) -> dict[str, Any]:
    return {
        "when": said.when.isoformat() if said.when else None,
        "to": said.argument if said.name == "delegate" else None,
        "reason": said.argument or None if said.name != "delegate" else None,
    }


def _items(said: Items) -> dict[str, str]:
    items = {number: _word(one) for number, one in said.items.items()}
    return items | ({"rest": _word(said.rest)} if said.rest else {})


def _word(one: One) -> str:
    """The one word for an item: the choice where one was made."""
    return one.choice if isinstance(one, Execute) and one.choice else _name(one)


def _name(decision: Decision) -> str:
    match decision:
        case Execute():
            return str(decision.verb)
        case Command():
            return decision.name
    return _NAMES[decision.says]
