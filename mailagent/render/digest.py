"""The parts of a brief that make it the weekly digest: one screen of a phone, all of it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.digest import BEFORE, MOST_LINES, Digest, Past
from mailagent.core.figures import Figures
from mailagent.core.spot import SpotCheck
from mailagent.render.foreign import clean, shortened, without_accounts
from mailagent.render.said import said
from mailagent.render.words import Words

_RATES = ("completion", "approval", "correction", "escalation", "tool_errors", "untouched")
_COUNTS = ("incidents", "ignored", "mails", "words")
_LONGEST = 44  # letters of a title: a line of a phone
_CENTS = 2


class Row(NamedTuple):
    """A heading, and what there is under it in a sentence."""

    title: str
    text: str


class Figure(NamedTuple):
    """How much of something, and how it was before."""

    label: str
    value: str
    before: str = ""

    @property
    def text(self) -> str:
        """In one line."""
        return f"{self.label} {self.value}" + (f" ({self.before})" if self.before else "")


class Check(NamedTuple):
    """A case that was done, to be looked at again under its number."""

    number: int
    title: str


class Chart(NamedTuple):
    """A picture by its name, what it is of, and what it says in words."""

    name: str
    label: str
    caption: str
    values: tuple[float | None, ...]


class DigestPage(NamedTuple):
    """What both forms show of a week."""

    headline: str
    charts: tuple[Chart, ...]
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    against: str
    checks: tuple[Check, ...]
    answer: str  # how a check is answered
    offer: str
    prose: str  # of a model, and says so


def digest_page(digest: Digest, words: Words) -> DigestPage:
    """The page of a week."""
    first, last = words.day(digest.week), words.day(digest.week + timedelta(days=6))
    numbers = [one.number for one in digest.checks]
    answer = words("digest.check", n=numbers[0], m=numbers[-1]) if numbers else ""
    return DigestPage(
        headline=words("digest.headline", first=first, last=last),
        charts=charts(digest, words),
        rows=tuple(row for row in _rows(digest, words) if row.text),
        figures=tuple(_figures(digest, words)),
        against="; ".join(filter(None, (words("digest.against"), _baseline(digest, words)))),
        checks=tuple(_check(one) for one in digest.checks),
        answer=answer,
        offer=said(digest.offer, words) if digest.offer else "",
        prose=said(digest.prose, words) if digest.prose else "",
    )


def charts(digest: Digest, words: Words) -> tuple[Chart, ...]:
    """How much was done, and how much of it was right as it was read."""
    done = tuple(float(week["done"]) for week in digest.weeks)
    right = tuple(week.untouched for week in digest.weeks)
    counts = ", ".join(f"{n:.0f}" for n in done)
    shares = ", ".join(_share(rate) for rate in right)
    told = (("done", counts, done), ("right", shares, right))
    labels = {name: words(f"digest.chart_{name}") for name, _, _ in told}
    return tuple(Chart(n, labels[n], f"{labels[n]}: {said}", bars) for n, said, bars in told)


def _rows(digest: Digest, words: Words) -> Iterable[Row]:
    yield Row(words("digest.due"), _due(digest, words))
    yield Row(words("digest.done"), _joined(_done(digest, words), words))
    yield Row(words("digest.standing"), _by_itself(digest, words))
    yield Row(words("digest.caught"), _joined(_caught(digest, words), words))
    yield Row(words("digest.wrong"), _joined(map(_past, digest.wrong), words))
    if digest.now["checked"]:
        told = {"n": digest.now["checked"], "right": digest.now["checked_right"]}
        yield Row(words("digest.looked"), words("digest.checked", **told))
    yield Row(words("digest.shadow"), _shadow(digest.now, words))
    learned = (shortened(clean(one), _LONGEST) for one in digest.lessons)
    yield Row(words("digest.learned"), _joined(learned, words))


def _due(digest: Digest, words: Words) -> str:
    if not digest.due:
        return ""
    soon = sorted(digest.due, key=lambda one: one.day)
    each = (
        f"{words.day(one.day)} {shortened(clean(without_accounts(one.vendor)), _LONGEST)}"
        for one in soon
    )
    return f"{_money(digest.due_money, words)}: {_joined(each, words)}"


def _done(digest: Digest, words: Words) -> Iterable[str]:
    for one in digest.done:
        money = _money(one.money, words)
        yield f"{one.n} {_task(one.task, words)}" + (f" ({money})" if money else "")


def _by_itself(digest: Digest, words: Words) -> str:
    """What went ahead under a standing approval, and nobody had to say a word to."""
    n, money = digest.now["standing"], _money(digest.now.money("standing"), words)
    return words("digest.standing_said", n=n) + (f" ({money})" if money else "") if n else ""


def _caught(digest: Digest, words: Words) -> Iterable[str]:
    for name, n in digest.caught.items():
        yield f"{words.either(f'check.{name}', clean(name.replace('_', ' '), 60))} ({n})"
    if digest.caught_money:
        yield f"{_money(digest.caught_money, words)} {words('digest.kept_back')}"


def _shadow(now: Figures, words: Words) -> str:
    """What lies in shadow, beside what was done without it."""
    names = ("shadowed", "shadow_same", "shadow_other", "shadow_seen")
    if not any(now[name] for name in names):
        return ""
    prefix = "shadow_differs:"
    fields = sorted(name.removeprefix(prefix) for name in now.counts if name.startswith(prefix))
    labels = ", ".join(
        f"{words.either(f'label.{name}', name)} {now[f'{prefix}{name}']}" for name in fields
    )
    told = words("digest.shadow_other", n=now["shadow_other"], fields=labels) if labels else ""
    counts = {name.removeprefix("shadow_"): now[name] for name in names}
    return words("digest.shadow_counts", **counts) + told


def _figures(digest: Digest, words: Words) -> Iterable[Figure]:
    now, before = digest.now, digest.before
    for name in _RATES:
        this, that = getattr(now, name), getattr(before, name)
        if this is not None or that is not None:
            yield Figure(words(f"digest.{name}"), _share(this), _share(that))
    if now.turnaround is not None:
        yield Figure(words("digest.turnaround"), *(_hours(one, words) for one in (now, before)))
    for name in _COUNTS:
        average = _number(before[name] / BEFORE, 1, words)
        yield Figure(words(f"digest.{name}"), str(now[name]), average)
    if now.mails_per_decision is not None:
        each = [_number(one.mails_per_decision, 1, words) for one in (now, before)]
        yield Figure(words("digest.mails_each"), *each)
    if now["model_cost"] or before["model_cost"]:
        costs = (now.model_cost, before.model_cost / BEFORE)
        yield Figure(words("digest.model_cost"), *(_number(cost, _CENTS, words) for cost in costs))
    if digest.minutes_saved:
        yield Figure(words("digest.saved"), words("digest.minutes", n=digest.minutes_saved))


def _baseline(digest: Digest, words: Words) -> str:
    """What a case of each task took by hand: minutes saved are counted by it."""
    if not digest.minutes_saved:
        return ""
    used = {one.task: digest.baselines.get(one.task, 0) for one in digest.done}
    named = ", ".join(
        f"{_task(task, words)} {words('digest.minutes', n=n)}" for task, n in used.items() if n
    )
    return words("digest.baseline", tasks=named)


def _check(one: SpotCheck) -> Check:
    title = shortened(clean(without_accounts(one.title)), _LONGEST)
    return Check(one.number, f"{clean(one.ref, 12)}  {title}")


def _past(one: Past) -> str:
    title = shortened(clean(without_accounts(one.title)), _LONGEST)
    words = shortened(clean(one.words), _LONGEST)
    return f"{one.ref} {title}" + (f" ({words})" if words else "")


def _joined(each: Iterable[str], words: Words) -> str:
    """What does not fit is counted."""
    told = list(each)
    more = [words("digest.more", n=len(told) - MOST_LINES)] if len(told) > MOST_LINES else []
    return ", ".join([*told[:MOST_LINES], *more])


def _task(name: str, words: Words) -> str:
    return words.either(f"digest.task.{name}", clean(name, 40))


def _money(money: Mapping[str, Decimal], words: Words) -> str:
    return " + ".join(words.amount(amount, currency) for currency, amount in money.items())


def _number(figure: Decimal | float | None, places: int, words: Words) -> str:
    return "-" if figure is None else words.number(f"{figure:.{places}f}")


def _hours(figures: Figures, words: Words) -> str:
    took = figures.turnaround
    return "-" if took is None else f"{_number(took.total_seconds() / 3600, 1, words)} h"


def _share(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.0%}"
