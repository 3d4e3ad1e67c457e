"""What a meeting is about."""

import re
from collections.abc import Sequence

from parsers.meeting.cues import names_noun
from parsers.meeting.sentences import Sentence

_END = re.compile(r"[.?!,;:()\n]|\s[-\u2013]\s|\b(?:on|at|am|um|le|el|il|op|next|this)\s(?=\S*\d)")
_LONGEST = 120
_FEW = 8  # words


def topic_of(subject: str, said: Sequence[Sentence]) -> str:
    """What the text says it is about, else the subject."""
    for sentence in said:
        about = sentence.says("about")
        if about is None or not names_noun(sentence.folded, sentence.languages):
            continue
        rest = sentence.text[about.end() :]
        end = _END.search(rest)
        topic = (rest[: end.start()] if end else rest).strip()
        if topic and len(topic.split()) <= _FEW:
            return topic[:_LONGEST]
    return subject[:_LONGEST]
