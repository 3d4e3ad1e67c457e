"""What is said of the agent's own policy: modes, and all that a standing approval covers."""

from mailagent.core.modes import Mode
from mailagent.core.payloads.policy import NarrowPolicy, WidenPolicy
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal
from mailagent.render.foreign import clean, cleaned
from mailagent.render.words import Words


def of_policy(payload: WidenPolicy | NarrowPolicy, words: Words) -> tuple[str, dict[str, str]]:
    """The variant of the phrase, and what fills its gaps."""
    told = cleaned(scope=str(payload.scope), mode=payload.mode)
    if isinstance(payload, NarrowPolicy):
        return "", told
    told |= cleaned(before=payload.before)
    if payload.mode is not Mode.STANDING:
        return "", told
    most = words.amount(payload.most.amount, payload.most.currency) if payload.most else "-"
    told |= {"hours": str(payload.hold_hours), "a_day": str(payload.a_day), "most": most}
    told |= cleaned(vendor=payload.vendor or "-", by=payload.signed_by or "-")
    may = (words.either(f"may.{name}", name) for name in payload.capabilities)
    return "_standing", told | cleaned(may=", ".join(may))


def goes_ahead(proposal: Proposal, judgement: Judgement, words: Words) -> str:
    """When it is done without a word, by which row; of several ways the first one."""
    told = {"hours": str(judgement.hold_hours), "row": f"S-{judgement.standing}"}
    if not proposal.alternatives:
        return words("brief.goes_ahead", **told)
    return words("brief.goes_ahead_with", choice=clean(proposal.alternatives[0].label, 60), **told)
