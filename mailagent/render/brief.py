"""The pages of a brief and of its receipt."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from mailagent.core.letter import BriefLetter, BriefLine, Ending, ItemEnd, ItemsLetter, Settled
from mailagent.core.money import exceeds
from mailagent.core.policy import Verdict, amounts
from mailagent.core.proposal import Purpose, stops
from mailagent.render.actions import phrase
from mailagent.render.answers import Button, buttons
from mailagent.render.digest import DigestPage, digest_page
from mailagent.render.draft import Deed
from mailagent.render.foreign import clean, shortened, without_accounts
from mailagent.render.pages import detail_of
from mailagent.render.policy import goes_ahead
from mailagent.render.said import reasons, why
from mailagent.render.said import said as said_of
from mailagent.render.words import Words

_LONG_UNDECIDED = 2  # days
_LONGEST_REASON = 90
_SLIM_REASON = 44  # letters; `3 why` says the rest
# Of more decisions than this, and beside the week, each is said in as few words as it can be.
_ROOMY = 6
_PARTS = ("here", "waiting", "done", "aside", "answers", "parked", "codes", "working")
_CARRIED_OUT = frozenset(
    {Ending.APPROVED, Ending.SETTLED_SO, Ending.SETTLED_AGAIN, Ending.SETTLED_SKIP}
)
_NOTED = frozenset(
    {Ending.LATER, Ending.REVISED, Ending.DELEGATED, Ending.FIRST_WORD, Ending.ANSWERED}
    | {Ending.DECIDED, Ending.WRONG, Ending.WRONG_HOW, Ending.RIGHT}
)
_CALM = frozenset({Settled.DONE, Settled.LEFT_OUT})
_AT_HOME = frozenset({"ledger", "files", "reminders"})
_MANY = 12  # endings that each have their line
_RUN = 3  # so many numbers in a row are written as a range


class Item(NamedTuple):
    """One decision: its title, and what is to be looked at."""

    number: int
    title: str
    remark: str

    @property
    def text(self) -> str:
        """In one line."""
        return f"{self.title}: {self.remark}" if self.remark else self.title


class BriefPage(NamedTuple):
    """What both forms of a brief show."""

    headline: str
    ready: tuple[Item, ...]
    look: tuple[Item, ...]
    over: str  # why the ready ones together need a code
    answers: str
    commands: str  # what else can be said of one of them
    buttons: tuple[Button, ...]
    more: str
    seen: str
    state: tuple[str, ...]
    trouble: bool
    answer_by: str
    slim: bool = False  # one screen of a phone, by small rows
    week: DigestPage | None = None
    still: tuple[Item, ...] = ()  # open in a mail of its own, and by number
    late: tuple[str, ...] = ()  # by that mail only


class ItemsPage(NamedTuple):
    """What both forms of the receipt for several show."""

    tone: Literal["calm", "look"]
    headline: str
    deeds: tuple[Deed, ...]
    kept: tuple[str, ...]
    settle: str
    money: str
    undo: str
    folded: str = ""  # what is done as it was shown is not told once more, where there is much


def brief(letter: BriefLetter, words: Words) -> BriefPage:
    """The page of a brief."""
    lines = letter.lines
    headline = words.count("brief.headline", len(lines)) if lines else words("brief.nothing")
    ready = [line for line in lines if line.ready]
    trouble = _trouble(letter, words)
    slim = letter.digest is not None or len(lines) > _ROOMY
    form, until = "slim_" if slim else "", words.day_of(letter.expires_at)
    return BriefPage(
        headline=headline,
        ready=tuple(_item(line, words, slim=slim) for line in ready),
        look=tuple(_item(o, words, slim=slim) for o in lines if not (o.ready or o.asked)),
        over=_over(letter, ready, words),
        answers=_examples(lines, words),
        commands=words(f"brief.{form}commands", n=lines[-1].number) if lines else "",
        buttons=_buttons(letter, ready, words),
        more=words.count("brief.more", letter.more) if letter.more else "",
        seen=_seen(letter, words),
        state=tuple(trouble) or (words("brief.running"),),
        trouble=bool(trouble),
        answer_by=words(f"brief.{form}answer_by", day=until) if lines else "",
        slim=slim,
        week=digest_page(letter.digest, words) if letter.digest else None,
        still=tuple(_item(line, words, slim=slim) for line in lines if line.asked),
        late=tuple(said_of(one, words) for one in letter.late),
    )


def _item(line: BriefLine, words: Words, *, slim: bool) -> Item:
    proposal, before = line.proposal, []
    if line.overdue:
        before.append(words("brief.overdue"))
    if line.days >= _LONG_UNDECIDED and not line.asked:
        before.append(words("brief.undecided", n=line.days))
    title = clean(without_accounts(proposal.title), 150)
    title = said_of(line.asked, words).replace("`", "") if line.asked else title
    said = f"{', '.join(before)}: {title}" if before else title
    return Item(line.number, said, " ".join(_remarks(line, words, slim=slim)))


def _remarks(line: BriefLine, words: Words, *, slim: bool) -> list[str]:
    """What is to be known before it is decided."""
    proposal, said = line.proposal, []
    for check in proposal.failed_checks:
        name = words.either(f"check.{check.name}", clean(check.name.replace("_", " "), 60))
        detail = "" if slim else shortened(why(check, words), _LONGEST_REASON)
        said.append(f"{name} ({detail})." if detail else f"{name}.")
    if proposal.purpose is Purpose.ASK:
        this = words(f"this.{proposal.reading.kind}")
        asked = said_of(proposal.question, words) or words("draft.ask", this=this)
        said.append(shortened(asked, _SLIM_REASON if slim else _LONGEST_REASON))
    if proposal.alternatives:
        labels = [clean(one.label, 60) for one in proposal.alternatives]
        said.append(f" {words('question.or')} ".join(labels) + "?")
    needs = {Verdict.CODE: "code", Verdict.TWO_PEOPLE: "two_people", Verdict.FORBID: "forbidden"}
    if line.judgement.verdict in needs:
        said.append(words(f"brief.{'slim_' if slim else ''}{needs[line.judgement.verdict]}"))
    elif line.judgement.hits and not proposal.failed_checks:
        said.extend(reasons(line.judgement, words))
    if line.judgement.standing:
        said.append(goes_ahead(proposal, line.judgement, words))
    return said


def _over(letter: BriefLetter, ready: list[BriefLine], words: Words) -> str:
    """Light ones may be heavy together."""
    person = letter.envelope.person
    money = [amount for line in ready for amount in amounts(line.proposal)]
    if len(ready) < 2 or person.limit is None or not exceeds(money, person.limit):
        return ""
    limit = words.amount(person.limit.amount, person.limit.currency)
    return words("brief.over", limit=limit)


def _examples(lines: tuple[BriefLine, ...], words: Words) -> str:
    """Answers that would be understood, with numbers that are there."""
    ok, no = words("word.ok"), words("word.no")
    plain = [line for line in lines if line.proposal.purpose is Purpose.DO and _is_light(line)]
    said = {line.number: f"{line.number} {ok}" for line in plain[:1]}
    said |= {line.number: f"{line.number} {no}" for line in lines if line.number not in said}
    chosen = [line for line in lines if line.proposal.alternatives]
    said |= {c.number: f"{c.number} {clean(c.proposal.alternatives[0].label, 60)}" for c in chosen}
    shown = [*dict.fromkeys([*list(said)[:2], *(line.number for line in chosen[:1])])]
    parts = [said[number] for number in sorted(shown)]
    if any(line.ready for line in lines):
        parts.append(_rest_ok(words))
    return f"`{', '.join(parts)}`" if lines else ""


def _is_light(line: BriefLine) -> bool:
    return line.judgement.verdict <= Verdict.ASK and not line.proposal.alternatives


def _buttons(letter: BriefLetter, ready: list[BriefLine], words: Words) -> tuple[Button, ...]:
    """Only for what is ready, and where nothing in the brief is a STOP."""
    if not ready or any(stops(line.proposal) for line in letter.lines):
        return ()
    label, word = words.count("brief.button", len(ready)), _rest_ok(words)
    if _over(letter, ready, words):  # nothing can be ready to send: the code goes behind it
        label, word = words("button.code", label=label), f"{word}, "
    return buttons(letter.envelope, (label, word))


def _rest_ok(words: Words) -> str:
    return f"{words('word.rest')} {words('word.ok')}"


def _seen(letter: BriefLetter, words: Words) -> str:
    """The parts that are there, and what they make together."""
    counts = {name: getattr(letter.seen, name) for name in _PARTS}
    counts = {name: n for name, n in counts.items() if n} or {"here": 0}
    parts = [words(f"seen.{name}", n=n) + _kinds(name, letter, words) for name, n in counts.items()]
    return words("brief.seen", all=letter.seen.all, parts=" + ".join(parts))


def _kinds(part: str, letter: BriefLetter, words: Words) -> str:
    """(1 newsletter, 2 notifications): only of what was set aside."""
    counted = letter.seen.aside_as if part == "aside" else {}
    known = {name: n for name, n in counted.items() if words.has(f"aside.{name}.one")}
    said = [words.count(f"aside.{name}", n) for name, n in sorted(known.items())]
    return f" ({', '.join(said)})" if said else ""


def _trouble(letter: BriefLetter, words: Words) -> list[str]:
    told = []
    if letter.paused:
        named = ", ".join(clean(task, 40) for task in letter.paused if task)
        told.append(words("brief.paused", tasks=named or words("brief.everything")))
    if letter.unsorted:
        told.append(words.count("brief.unsorted", letter.unsorted))
    if letter.standing:
        told.append(words("brief.standing", refs=", ".join(letter.standing[:10])))
    told.extend(said_of(one, words) for one in letter.missed)
    if not letter.seen.comes_out:
        told.append(words("brief.uneven"))
    return told


def items(letter: ItemsLetter, words: Words) -> ItemsPage:
    """The page of the receipt for several."""
    person, word = letter.envelope.person.id, words("word.undo")
    undo = ""
    if letter.undo and letter.undo_until:
        day = words.day_of(letter.undo_until)
        undo = words("receipt.undo", undo=f"{word} {letter.undo[0]}", day=day)
    told = [item for item in letter.items if _is_told(item)]
    folds = letter.handback is None and len(told) > _MANY
    shown = [item for item in told if not (folds and _is_quiet(item))]
    return ItemsPage(
        tone="calm" if all(_is_calm(item) for item in letter.items) else "look",
        headline=_handed_back(letter, words) or _outcome(letter.items, words),
        deeds=tuple(_deed(item, words, letter) for item in shown),
        kept=tuple(_kept(item, words, person) for item in letter.items if item.kept),
        settle=words("receipt.settle") if letter.settle else "",
        money=words("receipt.money", money=clean(letter.money_moved) or words("receipt.none")),
        undo=undo,
        folded=words("brief.as_shown") if len(shown) < len(told) else "",
    )


def _handed_back(letter: ItemsLetter, words: Words) -> str:
    told = letter.handback
    if told is None:
        return ""
    since, who = words.day_of(told.since), clean(told.substitute, 60)
    said = [words("handback.headline", since=since, who=who), _outcome(letter.items, words)]
    said += [words.count("handback.waiting", told.waiting)] if told.waiting else []
    return " ".join(said)


def _is_told(item: ItemEnd) -> bool:
    """What the headline does not say already."""
    return item.ending is not Ending.NOT_COVERED


def _is_carried_out(item: ItemEnd) -> bool:
    return item.ending in _CARRIED_OUT and all(line.settled in _CALM for line in item.lines)


def _is_quiet(item: ItemEnd) -> bool:
    """Done as it was shown, and nobody outside heard of it."""
    groups = {line.payload.capability.partition(".")[0] for line in item.lines}
    return item.ending is Ending.APPROVED and _is_carried_out(item) and groups <= _AT_HOME


def _is_calm(item: ItemEnd) -> bool:
    over = item.ending in _NOTED | {Ending.REJECTED, Ending.UNDONE, Ending.NOT_COVERED}
    return over or _is_carried_out(item)


def _outcome(ends: tuple[ItemEnd, ...], words: Words) -> str:
    """`Done: 1, 2. Not done: 3 (needs its own answer).`"""
    groups = {
        "receipt.done": [i for i in ends if _is_carried_out(i)],
        "brief.rejected": [i for i in ends if i.ending is Ending.REJECTED],
        "receipt.undone": [i for i in ends if i.ending is Ending.UNDONE],
        "brief.noted": [i for i in ends if i.ending in _NOTED],
        "receipt.not_done": [i for i in ends if not _is_calm(i)],
    }
    said = [words(name, numbers=_numbers(g)) for name, g in groups.items() if g]
    left = [item for item in ends if item.ending is Ending.NOT_COVERED]
    if left:
        said.append(words.count("brief.not_covered", len(left), numbers=_numbers(left)))
    return " ".join(said) or words("receipt.nothing_done")


def _numbers(ends: Iterable[ItemEnd]) -> str:
    """1, 2, 5-9"""
    runs: list[list[int]] = []
    for number in sorted(item.number for item in ends):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}-{run[-1]}" if len(run) >= _RUN else ", ".join(map(str, run)) for run in runs
    )


def _deed(item: ItemEnd, words: Words, letter: ItemsLetter) -> Deed:
    title = clean(without_accounts(item.title), 100)
    calm = "done" if _is_calm(item) else "not"
    detail = _detail(item, words, letter.envelope.person.id)
    if letter.handback:
        detail = words("handback.by", what=detail, who=clean(item.detail, 60))
    return Deed(item.number, title, calm, detail)


def _detail(item: ItemEnd, words: Words, person: str) -> str:
    if item.lines:
        return "; ".join(_line(item, at, words, person) for at in range(len(item.lines)))
    until = words.moment(item.until) if item.until else ""
    ending = "reopened" if item.ending is Ending.UNDONE else item.ending
    detail = words.either(item.detail, clean(without_accounts(item.detail)))
    gaps = {"until": until, "detail": detail, "number": item.number}
    return words(f"ending.{ending}", **gaps).replace("`", "")


def _line(item: ItemEnd, at: int, words: Words, person: str) -> str:
    line = item.lines[at]
    if line.settled is Settled.DONE:
        return phrase(line.payload, "did", words, person)
    said = phrase(line.payload, "will", words, person)
    left_out = line.settled is Settled.LEFT_OUT
    end = words("receipt.skipped" if left_out else f"receipt.{line.settled}")
    detail = clean(detail_of(line, words), _LONGEST_REASON)
    return f"{said}: {end}" + (f" ({detail})" if detail else "")


def _kept(item: ItemEnd, words: Words, person: str) -> str:
    done = [phrase(line.payload, "did", words, person) for line in item.kept]
    return f"{item.number}: {words('receipt.kept', what='; '.join(done))}"
