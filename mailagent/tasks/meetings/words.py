"""Words: a request, a confirmation, and what is said to times that were offered."""

from collections.abc import Sequence

from mailagent.core.availability import Found, Rejection, search
from mailagent.core.meeting import Intent, Use
from mailagent.core.meetings import entries, ways
from mailagent.core.meetings.answered import agreed_slots, is_refused
from mailagent.core.meetings.scene import Scene
from mailagent.core.proposal import Proposal
from mailagent.core.said import Said, say
from mailagent.tasks.meetings.shown import ask, distinct, proposal

_MOST_WAYS = 3  # times that they named and that are offered by themselves
_MOST_NOTES = 4


def answered(scene: Scene) -> Proposal:
    if not scene.asker.address:
        return ask(scene, say("meeting.nobody"))
    match scene.meeting.intent:
        case Intent.CANCELLATION if scene.past.kept or scene.past.held:
            return proposal(scene, [], actions=ways.numbered(*entries.gone(scene)),
                             notes=[say("meeting.cancelled")])  # fmt: skip
        case Intent.MENTION if not scene.meeting.times:
            return ask(scene, _missing(scene))
        case Intent.CANCELLATION | Intent.MENTION:
            return ask(scene, say(f"meeting.{scene.meeting.intent}"))
        case Intent.CONFIRMATION:
            return _confirmed(scene)
    return _taken(scene) if scene.past.answer is not None else _requested(scene)


def _missing(scene: Scene) -> Said:
    """It was said to ask for a meeting, and nothing of one could be read."""
    minutes, topic = scene.meeting.minutes, scene.work.reading.text("topic")
    lacking = ["times", *(["duration"] if not minutes else []), *(["topic"] if not topic else [])]
    return say("meeting.nothing_read", missing=",".join(lacking))


def _confirmed(scene: Scene) -> Proposal:
    """It is said to stand: into the calendar, and nobody is written to."""
    agreed = [t for t in scene.meeting.told(Use.AGREED, Use.OFFERED) if t.is_exact and t.is_clear]
    if len(agreed) != 1:
        return ask(scene, say("meeting.which"))
    start = agreed[0].start
    end = scene.until(start)
    entry = scene.appointment(start, end, uid=ways.own_uid(scene))
    why = scene.objection(start, end)
    actions = ways.numbered(*entries.entered(scene, entry))
    return proposal(scene, [why] if why else [], actions=actions, wanted=[(start, end)])


def _requested(scene: Scene) -> Proposal:
    """The times that they named, those that we could offer, or no."""
    named = scene.named()
    objections = [why for slot in named if (why := scene.objection(*slot))]
    free = [slot for slot in named if scene.objection(*slot) is None]
    found = search(scene.wish(), scene.rules, scene.busy, scene.now)
    made = [
        ways.way(scene.label(start), *ways.agree(scene, start, end))
        for start, end in (free or named)[:_MOST_WAYS]
    ]
    if found.slots:
        made.append(ways.way(ways.word(scene, "offer"), *ways.offer(scene, found.slots)))
    if not scene.meeting.by_us:  # who asked us for a time has nothing declined
        made.append(ways.way(ways.word(scene, "decline"), *ways.regret(scene)))
    clashes = [] if free else objections
    notes = [*_why_not(scene, objections if free else []), *_nothing_free(scene, found)]
    return proposal(scene, clashes, alternatives=distinct(made), notes=notes,
                     wanted=(free or named)[:1], offered=found.slots)  # fmt: skip


def _taken(scene: Scene) -> Proposal:
    """To times that we offered: the one they take, or what they say instead."""
    slots = agreed_slots(scene)
    if is_refused(scene):
        notes = [say("meeting.none_suits")]
        released = ways.way(ways.word(scene, "decline"), *entries.gone(scene))
        again = search(scene.wish(), scene.rules, scene.busy, scene.now).slots
        made = [ways.way(ways.word(scene, "offer"), *ways.offer(scene, again))] if again else []
        return proposal(scene, [], alternatives=(*made, released), notes=notes, offered=again)
    if not slots:
        return _requested(scene)
    clashes = [why for slot in slots if (why := scene.objection(*slot))]
    made = [ways.way(scene.label(start), *ways.agree(scene, start, end)) for start, end in slots]
    made.append(ways.way(ways.word(scene, "decline"), *ways.regret(scene)))
    return proposal(scene, clashes, alternatives=distinct(made), wanted=slots[:1],
                     notes=[say("meeting.taken")])  # fmt: skip


def _why_not(scene: Scene, objections: Sequence[Rejection]) -> list[Said]:
    """Of times that they named beside a good one."""
    return [
        one.why.model_copy(update={"gaps": {**one.why.gaps, "when": scene.spelled(one.start)}})
        for one in objections[:_MOST_NOTES]
    ]


def _nothing_free(scene: Scene, found: Found) -> list[Said]:
    if found.slots:
        return []
    return [say("meeting.nothing_free"), *_why_not(scene, found.rejected)]
