"""The one entry: own words, and what came back of the mail they answer, become a decision."""

from mailagent.core.decision.aside import doubt
from mailagent.core.decision.commands import command
from mailagent.core.decision.edits import changes
from mailagent.core.decision.items import items
from mailagent.core.decision.quoted import changed_letter, changed_values
from mailagent.core.decision.release import release
from mailagent.core.decision.sorts import sorts
from mailagent.core.decision.text import Text, unclear
from mailagent.core.decision.types import (
    Command,
    Decision,
    Execute,
    One,
    Revise,
    Shown,
    Unclear,
)
from mailagent.core.decision.verbs import Verbs
from mailagent.core.reply import Aside
from mailagent.core.wording import oddity, words_of


def understand(
    own: str, own_html: str | None, shown: Shown, verbs: Verbs, aside: Aside | None = None
) -> Decision:
    """What the person's own words say; `own_html` is the HTML part's version of them.

    `aside` is what came with them: of the mail that was sent, values may be changed in it.
    """
    said = _both_parts(own, own_html, shown, verbs)
    why = oddity(own)
    if aside is None or why:
        return said
    text = Text(own if own.strip() or own_html is None else own_html, shown, verbs)
    changed = _changed(aside, text)
    if changed or isinstance(said, Unclear):  # nothing is released
        return _with_changes(said, changed, shown) if changed else said
    line = doubt(aside, text, lambda words: _judged(words, verbs))
    if line:
        return unclear("aside", shown, line=line)
    return said


def _changed(aside: Aside, text: Text) -> Revise | Unclear | None:
    """Values changed in the quotation: in its text, or in its HTML, which must not differ."""
    if text.shown.letter:
        shown = text.shown
        return changed_letter(aside.quoted, shown) or changed_letter(aside.quoted_html, shown)
    first = changed_values(aside.quoted, text)
    second = changed_values(aside.quoted_html, text)
    if isinstance(first, Revise) and isinstance(second, Revise) and first.edits != second.edits:
        return unclear("quoted_twice", text.shown)
    return first or second


def _both_parts(own: str, own_html: str | None, shown: Shown, verbs: Verbs) -> Decision:
    said = _understand(own if own.strip() or own_html is None else own_html, shown, verbs)
    if own_html is None or not own.strip() or _same_words(own, own_html):
        return said
    # Two clients' worth of trimming may differ in a signature; what they say may not.
    if _meaning(said) == _meaning(_understand(own_html, shown, verbs)):
        return said
    return unclear("two_texts", shown)


def _same_words(own: str, own_html: str) -> bool:
    return [w.folded for w in words_of(own)] == [w.folded for w in words_of(own_html)]


def _meaning(said: Decision) -> Decision:
    """A change means its edits, however it is worded."""
    return said.model_copy(update={"text": ""}) if isinstance(said, Revise) else said


def _with_changes(said: Decision, changed: Revise | Unclear, shown: Shown) -> Decision:
    """An approval of changed values is a change; anything else beside them is unclear."""
    approves = isinstance(said, Execute) and said.verb == "approve"
    if isinstance(changed, Unclear):
        return changed
    if isinstance(said, Revise):
        both = said.edits.keys() & changed.edits.keys()
        if any(said.edits[name] != changed.edits[name] for name in both):
            return unclear("quoted_otherwise", shown)
        return said.model_copy(update={"edits": said.edits | changed.edits})
    if isinstance(said, Unclear) or approves:
        left_out = said.left_out if isinstance(said, Execute) else ()
        code = said.code if isinstance(said, Execute) else ""
        return changed.model_copy(update={"left_out": left_out, "code": code})
    return unclear("quoted_and_said", shown)


def _understand(own: str, shown: Shown, verbs: Verbs) -> Decision:
    text, refusal = _text(own, shown, verbs)
    if text is None:
        return refusal or unclear("no_word", shown)
    return _judged(text, verbs)


def _judged(text: Text, verbs: Verbs) -> Decision:
    if text.shown.items:
        parts = items(text, lambda words, item: _understand_one(words, item, verbs))
        return parts or _brief_as_a_whole(text)
    return _one(text)


def _text(own: str, shown: Shown, verbs: Verbs) -> tuple[Text | None, Unclear | None]:
    why = oddity(own)
    if why:
        return None, unclear(why, shown)
    text = Text(own, shown, verbs)
    return (text, None) if text.words else (None, None)


def _understand_one(own: str, shown: Shown, verbs: Verbs) -> One:
    text, refusal = _text(own, shown, verbs)
    if text is None:
        return refusal or unclear("no_word", shown)
    return _one(text)


def _one(text: Text) -> One:
    """A release before a command before a change."""
    said: One | None = release(text) or sorts(text) or command(text)
    if said is not None and not isinstance(said, Unclear):
        return said
    wish = _coded(text) or changes(text)
    if said is not None and not (isinstance(wish, Revise) and wish.edits):
        return said
    return wish or unclear("other_words", text.shown)


def _coded(text: Text) -> Revise | None:
    """A change with the six digits behind it: who is known by a code alone proves it with one."""
    for at in range(len(text)) if text.shown.heavy else ():
        code, end = text.code(at)
        if code and text.ending(end) == "":
            wish = changes(text.part(text.own[: text.words[at].start]))
            if isinstance(wish, Revise) and (wish.edits or wish.left_out):
                return wish.model_copy(update={"code": code, "text": text.own.strip()})
    return None


def _brief_as_a_whole(text: Text) -> Decision:
    said = command(text)
    if isinstance(said, Command):
        return said
    return unclear("which", text.shown)
