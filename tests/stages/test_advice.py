"""A model in the way of a mail: it helps where the readers doubt, and is never in the way."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mailagent.bootstrap import shipped_prompts
from mailagent.core.advice import ModelRules
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.retry import Retry
from tests.desk import Desk, JsonReader, bill_mail, open_desk, reply_mail
from tests.model_server import (
    ModelServer,
    Wire,
    anthropic_model,
    fails,
    message,
    model_server,
    says,
    silent,
)
from tests.values import BILL_FIELDS

RULES = ModelRules(
    budget=Decimal(1),
    price_read=Decimal(1),
    price_written=Decimal(5),
    patience=timedelta(seconds=1),
)


def doubtful(number: str = "R-1") -> Reading:
    """A bill whose total was not found on its page."""
    values = {**BILL_FIELDS, "invoice_number": number}
    fields = {
        name: Field(value=v, confidence=0.9, source=Source.TEXT, evidence=Evidence(quote=v))
        for name, v in values.items()
        if name != "total"
    }
    why = "on its page stands: to pay 119.00 EUR by 2 December 2026, in all"
    return Reading(kind=Kind.INVOICE, confidence=0.9, fields=fields, pages=1, reason=why)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as made:
        yield made


@asynccontextmanager
async def advised(folder: Path, server: ModelServer, **changes: Any) -> AsyncIterator[Desk]:
    retry = Retry(first=timedelta(milliseconds=1), tries=2)
    model = anthropic_model(server, retry, 0.3)
    given = {"model": model, "model_rules": RULES, "prompts": shipped_prompts(), **changes}
    async with open_desk(folder, **given) as desk:
        try:
            yield desk
        finally:
            await model.close()


def total(quote: str) -> Wire:
    return says({"total": {"quote": quote, "page": 1}})


async def test_what_is_missing_is_pointed_at(tmp_path: Path, server: ModelServer) -> None:
    server.will(total("119.00"))
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail(doubtful()))
        field = desk.draft().proposal.reading.fields["total"]
        assert (field.value, field.source) == ("119.00", Source.MODEL)
        assert field.evidence is not None
        assert field.evidence.quote == "119.00"
        assert field.confidence < 0.6  # it is shown as doubtful
        (entry,) = await desk.entries("model.answered")
        assert entry.details["cost"] == "0.001550 USD"
        assert entry.details["prompt"] == "fields/1"
        assert entry.case == 1


async def test_what_stands_on_no_page_is_dropped_and_counted(
    tmp_path: Path, server: ModelServer
) -> None:
    server.will(total("1.00"))
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail(doubtful()))
        assert "total" not in desk.draft().proposal.reading.fields
        (entry,) = await desk.entries("model.read")
        assert entry.details == {"fields": [], "dropped": 1}


async def test_structured_documents_cost_nothing(tmp_path: Path, server: ModelServer) -> None:
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail())
        assert server.requests == []


async def test_only_the_doubtful_field_is_asked_for(tmp_path: Path, server: ModelServer) -> None:
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail(doubtful()))
        schema = server.requests[0]["output_config"]["format"]["schema"]
        assert list(schema["properties"]) == ["total"]
        assert BILL_FIELDS["iban"] not in server.asked()  # masked


async def test_the_same_is_never_asked_twice(tmp_path: Path, server: ModelServer) -> None:
    server.will(total("119.00"))
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail(doubtful()))
        await desk.take_in(bill_mail(doubtful(), message_id="<again@x>"))
        assert len(server.requests) == 1
        assert len(await desk.entries("model.read")) == 2


async def test_a_spent_budget_is_spent(tmp_path: Path, server: ModelServer) -> None:
    server.will(total("119.00"))
    rules = RULES.model_copy(update={"budget": Decimal("0.001")})
    async with advised(tmp_path, server, model_rules=rules) as desk:
        await desk.take_in(bill_mail(doubtful("R-1")))
        await desk.take_in(bill_mail(doubtful("R-2"), message_id="<2>"))
        assert len(server.requests) == 1
        assert [e.details["why"] for e in await desk.entries("model.silent")] == ["budget"]


@pytest.mark.parametrize(
    ("wire", "why"),
    [
        (fails(529, "overloaded_error"), "unavailable"),
        (fails(429, "rate_limit_error", "3600"), "unavailable"),
        (fails(401, "authentication_error"), "refused"),
        (message("I will not.", "refusal"), "refused"),
        (message('{"total": {"quo', "max_tokens"), "nonsense"),
        (message('{"total": {"quo'), "nonsense"),
        (says({"total": 119}), "nonsense"),
        (says({"total": {"quote": "119.00", "page": 1}, "approve": True}), "nonsense"),
        (says([1]), "nonsense"),
        (silent(), "unavailable"),
    ],
)
async def test_whatever_goes_wrong_the_draft_comes_and_says_so(
    tmp_path: Path, server: ModelServer, wire: Wire, why: str
) -> None:
    server.will(wire)
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail(doubtful()))
        proposal = desk.draft().proposal
        (told,) = [check for check in proposal.checks if check.name == "model_answered"]
        assert told.ok
        assert told.why is not None
        assert told.why.key == f"model.{why}"
        assert "total" not in proposal.reading.fields


# -- kinds that two readers claim

CLAIMED = Reading(
    kind=Kind.OTHER,
    confidence=0.5,
    claims=(Kind.CONTRACT, Kind.INVOICE),
    pages=1,
    reason="it looks like contract and invoice alike; framework agreement on hosting",
)


class Claimed(JsonReader):
    """Who says what it is gets a bill."""

    async def read(self, *given: Any, as_kind: Kind | None = None, **more: Any) -> Reading:
        found = await super().read(*given, **more)
        return found if as_kind is None else doubtful().model_copy(update={"kind": as_kind})


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"kind": "contract", "quote": "framework agreement"}, Kind.CONTRACT),
        ({"kind": "other", "quote": ""}, Kind.OTHER),
        ({"kind": "contract", "quote": "words that stand nowhere"}, Kind.OTHER),
        ({"kind": "payments", "quote": "framework agreement"}, Kind.OTHER),
    ],
)
async def test_of_two_kinds_that_claim_it_a_model_may_choose(
    tmp_path: Path, server: ModelServer, said: dict[str, str], kind: Kind
) -> None:
    server.will(says(said), says({}))
    async with advised(tmp_path, server, reader=Claimed()) as desk:
        await desk.take_in(bill_mail(CLAIMED))
        proposal = desk.draft().proposal
        assert proposal.reading.kind is kind
        names = [check.name for check in proposal.failed_checks]
        assert ("kind_by_model" in names) is (kind is not Kind.OTHER)
        schema = server.requests[0]["output_config"]["format"]["schema"]
        assert schema["properties"]["kind"]["enum"] == ["contract", "invoice", "other"]


# -- free words


def edits(*pointed: tuple[str, str]) -> Wire:
    return says({"edits": [{"field": field, "quote": quote} for field, quote in pointed]})


FREE = "hm, would the 15 December 2026 suit everybody better for that one, I wonder"


async def test_free_words_become_a_version_that_is_shown_again(
    tmp_path: Path, server: ModelServer
) -> None:
    server.will(edits(("due_date", "15 December 2026")))
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail())
        first = desk.draft()
        await desk.take_in(reply_mail(first, FREE))
        second = desk.draft().proposal
        assert second.version == first.proposal.version + 1
        assert second.reading.text("due_date") == "2026-12-15"
        assert any(getattr(note, "key", "") == "model.pointed" for note in second.notes)
        assert await desk.entries("effect") == []


@pytest.mark.parametrize(
    "pointed",
    [
        [],
        [("total", "1.00")],  # nobody wrote that
        [("approve", "the")],
        [("due_date", "everybody better")],
        [("iban", "DE02120300000000202051")],
    ],
)
async def test_what_nobody_wrote_changes_nothing(
    tmp_path: Path, server: ModelServer, pointed: list[tuple[str, str]]
) -> None:
    server.will(edits(*pointed))
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), FREE))
        assert (await desk.case()).version == 1
        assert desk.letters("question")
        assert await desk.entries("effect") == []


async def test_a_stranger_spends_nothing(tmp_path: Path, server: ModelServer) -> None:
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), FREE, sender="mallory@evil.example"))
        assert server.requests == []


async def test_rules_go_before_a_model(tmp_path: Path, server: ModelServer) -> None:
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), "due 15 Dec 2026"))
        assert server.requests == []
        assert (await desk.case()).version == 2


# -- prose


def contract() -> Reading:
    """One whose fields are all certain, so that only its sentence is asked for."""
    names = ("document_name", "agreement_date", "expiration_date", "governing_law")
    values = ("Hosting agreement", "2026-01-01", "2027-12-31", "Germany")
    fields = {
        name: Field(value=v, confidence=0.9, source=Source.TEXT, evidence=Evidence(quote=v))
        for name, v in zip(names, values, strict=True)
    }
    return Reading(kind=Kind.CONTRACT, confidence=0.9, fields=fields, pages=1)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Nordlicht hosts the servers of Corp Ltd until 2027-12-31.", True),
        ("Nordlicht hosts the servers of Corp Ltd for 9,999.", False),
        ("All is well, reply approve to this mail at once please.", False),
        ("Read more about it on https://evil.example/contract today.", False),
        ("x", False),
        (None, False),
    ],
)
async def test_a_contract_in_one_marked_sentence(
    tmp_path: Path, server: ModelServer, sentence: str | None, *, shown: bool
) -> None:
    server.will(says({"sentence": sentence}))
    async with advised(tmp_path, server) as desk:
        await desk.take_in(bill_mail(contract()))
        keys = [getattr(note, "key", "") for note in desk.draft().proposal.notes]
        assert ("model.summary" in keys) is shown
