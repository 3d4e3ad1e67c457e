"""A mail that asks for a meeting, in its own words."""

import re
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from mailagent.core.cover import Cover
from mailagent.core.meeting import Attendee, Intent, Meeting, Slot, Told, Use
from mailagent.core.reading import Check, Kind, Reading, Source, tested
from parsers.meeting.answer import Answer, Verdict, answer_to
from parsers.meeting.asked import is_by_us, is_for_us_alone, spoken_to
from parsers.meeting.clock import clock_of
from parsers.meeting.cues import LANGUAGES, common, fold, names_noun, says
from parsers.meeting.intents import Wanted, is_for_many, wanted
from parsers.meeting.laid import fields_of
from parsers.meeting.lengths import length_in
from parsers.meeting.letter import Letter, letter_of
from parsers.meeting.links import link_in
from parsers.meeting.places import place_in
from parsers.meeting.sentences import Sentence, ordered, sentences
from parsers.meeting.told import Seen, told_in
from parsers.meeting.tongue import language_of
from parsers.meeting.topics import topic_of
from parsers.meeting.uses import Mood
from parsers.values.when import spoken_in
from parsers.values.zones import zone_of

_UTC = ZoneInfo("UTC")
_LANGUAGES = 3
_FEW = 10  # words
_CUES = ("accept", "refuse", "ask", "when", "weak", "free", "cancel", "move")
_OWN = 4000  # characters of the sender's own words that are read
_LONG, _SOON = 3000, 1500  # characters
_CONTEXT = 3000  # characters of what they answer to


def read_mail(text: str, cover: Cover, *, told: bool = False) -> Reading | None:
    """The reading of a mail's body; None where nobody asks for a meeting.

    `told`: a person said that it is about one, so it is read whatever it says.
    """
    if cover.inner is not None and (found := _sent_on(cover, cover.inner, told=told)) is not None:
        return found
    letter = letter_of(text, cover)
    if letter.written is None:
        return None
    if not (told or cover.slots) and _asks_nobody(text, cover):
        return None
    clock = clock_of(cover)
    seen = Seen(letter.written, clock, zone_of(cover.home) or _UTC)
    own = f"{letter.own[:_OWN]}"
    seen = seen._replace(about=_about(letter, cover, seen))
    languages = _spoken(own, letter.subject)
    written = letter.written.astimezone(clock.zone)
    order = ordered(languages, own, clock)
    hours = len(seen.about) == 1
    said = sentences(own, written, order, _names(letter), figures=hours)
    if is_by_us(letter.address, cover) and not told:
        return _of_our_people(letter, cover, said, seen)
    return _of_others(letter, cover, said, seen, told=told)


def _sent_on(outer: Cover, inner: Cover, *, told: bool) -> Reading | None:
    """The mail inside another one; who sent it on takes part as well."""
    people = tuple(dict.fromkeys((*inner.to, outer.address)))
    return read_mail(inner.text, inner.model_copy(update={"to": people}), told=told)


def _spoken(own: str, subject: str) -> tuple[str, ...]:
    """The languages of the text; a short one may be in that of its subject as well."""
    languages = (*spoken_in(own)[:_LANGUAGES], *spoken_in(subject)[:1])
    if len(own.split()) < _FEW and not any(map(_says_something(own), languages)):
        languages = (*languages, *filter(_says_something(own), LANGUAGES))
    return tuple(dict.fromkeys(languages))


def _says_something(own: str) -> Callable[[str], bool]:
    """Whether a language knows any of these words: so few may be of another than it seems."""
    folded = fold(own)
    return lambda language: any(says(name, folded, (language,)) for name in _CUES)


def _of_others(
    letter: Letter, cover: Cover, said: Sequence[Sentence], seen: Seen, *, told: bool
) -> Reading | None:
    """An answer to what was offered, or what somebody wants of us."""
    slots, answer = _answered(cover, letter, said, seen)
    context = fold(letter.quoted[:_CONTEXT])
    found = wanted(said, fold(letter.subject), context, answers=letter.answers)
    if answer is not None and not cover.slots and _steps_away(said):
        found = found._replace(intent=Intent.RESCHEDULE, quote=answer.quote)
    if answer is not None and found.intent not in {Intent.RESCHEDULE, Intent.CANCELLATION}:
        return _reading(_of_answer(letter, said, answer, slots, seen), answer.quote, said)
    if not told and (found.intent is Intent.MENTION or _is_too_long(letter.own, found)):
        return None
    return _reading(_of_request(letter, said, found, seen), found.quote, said)


def _steps_away(said: Sequence[Sentence]) -> bool:
    """`An hour earlier?`: so much from the time that is answered."""
    return any(not step.in_days for one in said for step in one.steps)


def _of_our_people(
    letter: Letter, cover: Cover, said: Sequence[Sentence], seen: Seen
) -> Reading | None:
    """What one of our own people asks of the agent; what they say to others asks nothing of it."""
    alone = is_for_us_alone(cover)
    heard = [*said] if alone else spoken_to(said, cover)
    subject = letter.subject if alone and not letter.answers else ""
    if subject:
        heard = [
            *sentences(
                subject,
                seen.written.astimezone(seen.clock.zone),
                said[0].languages if said else ("en",),
            ),
            *heard,
        ]
    found = wanted(heard, fold(letter.subject), fold(letter.quoted[:_CONTEXT]))
    settles = found.intent in {Intent.RESCHEDULE, Intent.CANCELLATION}
    order = next((one for one in heard if one.says("order") or one.says("ask")), None)
    if (order is None or not _is_for_meeting(heard)) and not settles:
        return None
    if not settles and order is not None:
        found = Wanted(Intent.REQUEST, order.text)
    meeting = _of_request(letter, heard, found, seen)
    theirs = language_of(letter.quoted, letter.own)
    told = {"by_us": True, "language": theirs}
    return _reading(meeting.model_copy(update=told), found.quote, heard)


def _is_for_meeting(said: Sequence[Sentence]) -> bool:
    """A meeting, a length or a slot is named: much else can be found, booked and planned."""
    return length_in(said) is not None or any(
        names_noun(one.folded, one.languages) or common("slot").search(one.folded) for one in said
    )


def _is_too_long(own: str, found: Wanted) -> bool:
    """Who asks for a meeting says so soon; what goes on for pages is a paper about something."""
    return len(own) > _LONG and found.quote[:80] not in own[:_SOON]


def _asks_nobody(text: str, cover: Cover) -> bool:
    """A machine's mail, or one to everybody."""
    return bool(cover.automatic) or is_for_many(fold(text[:_OWN]), cover.address)


def _names(letter: Letter) -> frozenset[str]:
    """Of the people in a letter, each word of them and the whole."""
    people = [(letter.name, letter.address), *letter.others]
    whole = [name for name, _ in people]
    whole += [re.sub(r"[._-]", " ", address.partition("@")[0]) for _, address in people]
    return frozenset(fold(word) for name in whole for word in (name, *name.split()))


def _about(letter: Letter, cover: Cover, seen: Seen) -> tuple[Slot, ...]:
    """What was shown; where that is not known, the times in the quotation or in the subject."""
    if cover.slots:
        return tuple(cover.slots)
    if not letter.answers:
        return ()
    quoted = _offered(_plain(letter.quoted[:_CONTEXT]), seen)
    return tuple(quoted or _offered(letter.subject, seen))


def _answered(
    cover: Cover, letter: Letter, said: Sequence[Sentence], seen: Seen
) -> tuple[Sequence[Slot], Answer | None]:
    """To what was shown; where that is not known, to the times in the quotation."""
    if cover.slots:
        return cover.slots, answer_to(said, cover.slots, seen)
    if not letter.answers or not said:
        return (), None
    answer = answer_to(said, seen.about, seen)
    unrelated = answer.verdict is Verdict.UNCLEAR and not (answer.numbers or answer.times)
    unrelated = unrelated or not (letter.quoted or answer.times)
    return seen.about, None if unrelated else answer


def _plain(quoted: str) -> str:
    """What is quoted, without the marks and the line that introduces it."""
    lines = quoted.splitlines()
    marked = [line for line in lines if line.lstrip().startswith(">")]
    return "\n".join(line.lstrip("> \t") for line in marked or lines[1:])


def _offered(plain: str, seen: Seen) -> list[Slot]:
    """The exact times of a text."""
    written = seen.written.astimezone(seen.clock.zone)
    languages = ordered(spoken_in(plain)[:_LANGUAGES], plain, seen.clock)
    offered = sentences(plain, written, languages)
    times = told_in([(one, Mood.ASKS) for one in offered], seen)
    exact = [time for time in times if time.is_exact and time.use is Use.OFFERED]
    return [Slot(start=time.start, end=time.end) for time in exact]


def _of_answer(
    letter: Letter, said: Sequence[Sentence], answer: Answer, slots: Sequence[Slot], seen: Seen
) -> Meeting:
    taken = [(slots[number - 1], answer.quote) for number in answer.numbers]
    use = Use.AGREED if answer.verdict is Verdict.ACCEPTED else Use.OFFERED
    agreed = [
        Told(start=slot.start, end=slot.end, grain="minute", quote=quote, use=use)
        for slot, quote in taken
    ]
    times = (*(agreed if answer.verdict is Verdict.ACCEPTED else ()), *answer.times)
    meeting = _meeting(letter, Intent.PROPOSAL_ANSWER, said, times, seen)
    told = {"verdict": answer.verdict.value, "numbers": answer.numbers}
    return meeting.model_copy(update=told)


def _of_request(letter: Letter, said: Sequence[Sentence], found: Wanted, seen: Seen) -> Meeting:
    moods = found.moods or (Mood.ASKS,) * len(said)
    times = told_in([*zip(said, moods, strict=True)], seen)
    if found.intent is Intent.RESCHEDULE:
        times = _moved_away(times, seen.about)
    return _meeting(letter, found.intent, said, _narrowed(times), seen)


def _moved_away(times: Sequence[Told], about: Sequence[Slot]) -> list[Told]:
    """What is moved does not go where it was: that time is told again as the reason.

    The one time that is refused is where it was.
    """
    new = [time for time in times if time.use is Use.OFFERED and not _is_of(time, about)]
    refused = [time for time in times if time.use is Use.EXCLUDED]
    alone = len(refused) == 1 and all(time.use is not Use.CURRENT for time in times)
    return [
        time.model_copy(update={"use": Use.CURRENT})
        if (new and _is_of(time, about)) or (alone and time in refused)
        else time
        for time in times
    ]


def _is_of(time: Told, about: Sequence[Slot]) -> bool:
    """It is offered, and what is answered begins then, or on that day."""
    if time.use is not Use.OFFERED or time.bound:
        return False
    if time.grain == "day":
        return any(time.start <= slot.start < time.end for slot in about)
    return time.is_exact and any(slot.start == time.start for slot in about)


def _narrowed(times: Sequence[Told]) -> tuple[Told, ...]:
    """`sometime next week. Tuesday or Wednesday after 3`: the days say which part of the week."""
    return tuple(time for at, time in enumerate(times) if not _is_narrowed(time, times[at + 1 :]))


def _is_narrowed(time: Told, after: Sequence[Told]) -> bool:
    if time.grain not in {"week", "month"} or time.use is not Use.OFFERED:
        return False
    finer = [
        one
        for one in after
        if one.grain not in {"week", "month"} and one.use is time.use and not one.repeats
    ]
    return any(time.start <= one.start < time.end for one in finer)


def _meeting(
    letter: Letter, intent: Intent, said: Sequence[Sentence], times: Sequence[Told], seen: Seen
) -> Meeting:
    length = length_in(said)
    languages = said[0].languages if said else ("en",)
    return Meeting(
        intent=intent,
        requester=Attendee(address=letter.address, name=letter.name),
        attendees=tuple(Attendee(address=address, name=name) for name, address in letter.others),
        topic=topic_of(letter.subject, said),
        minutes=length.minutes if length else None,
        times=tuple(times),
        place=place_in(said),
        link=link_in(letter.own),
        urgent=any(says("urgent", one.folded, languages) for one in said),
        language=language_of(letter.own, letter.quoted, letter.subject),
        zone=seen.clock.name,
    )


def _reading(meeting: Meeting, quote: str, said: Sequence[Sentence]) -> Reading:
    length = length_in(said)
    quotes = {"intent": quote, "duration": length.quote if length else ""}
    return Reading(
        kind=Kind.MEETING_REQUEST,
        confidence=0.8 if meeting.intent is not Intent.MENTION else 0.4,
        fields=fields_of(meeting, quotes, Source.TEXT, "the words of the mail"),
        checks=tuple(_checks(meeting)),
        reason="it is about a meeting",
    )


def _checks(meeting: Meeting) -> list[Check]:
    unclear = next((time for time in meeting.times if not time.is_clear), None)
    quote, why = (unclear.quote, ", ".join(unclear.unclear)) if unclear else ("", "")
    made = [tested("times_clear", ok=unclear is None, quote=quote, why=why)]
    unsaid = next((time for time in meeting.times if "use" in time.unclear), None)
    if unsaid is not None:
        made.append(tested("times_offered", ok=False, quote=unsaid.quote))
    if meeting.intent in {Intent.REQUEST, Intent.RESCHEDULE}:
        made.append(tested("has_times", ok=bool(meeting.told(Use.OFFERED))))
    return made
