"""What a model gains on labelled bills, and what that costs.

    MAILAGENT_MODEL_KEY=... python bench/model_eval.py FOLDER --provider anthropic --name NAME

FOLDER holds `manifest.jsonl` with rows {"file", "truth": {field: value}} and the files; the folders
of `python -m tests.papers make DIR` are of this form (below `invoices/`).
"""

import argparse
import asyncio
import json
import os
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from connectors.model.anthropic import AnthropicModel
from connectors.model.openai_compatible import OpenAiCompatibleModel
from mailagent.bootstrap import shipped_prompts
from mailagent.core.advice import (
    POINTED,
    ModelRules,
    asked_for_fields,
    doubts,
    is_verbatim,
    pages_for,
    pointed_at,
)
from mailagent.core.errors import MailagentError
from mailagent.core.reading import Reading
from mailagent.core.retry import Retry
from mailagent.ports.model import Model
from parsers.kinds import read_document
from parsers.pages import pages_of
from parsers.pointed import field_at

_FORM = '{"file": "bill.pdf", "truth": {"total": "119.00"}}'
_RETRY = Retry(first=timedelta(seconds=1), longest=timedelta(seconds=20), tries=3)


def _model(told: argparse.Namespace) -> Model:
    key = os.environ.get("MAILAGENT_MODEL_KEY", "")
    make = AnthropicModel if told.provider == "anthropic" else OpenAiCompatibleModel
    return make(told.name, key, url=told.url, seconds=told.seconds, retry=_RETRY)


async def _helped(
    model: Model, rules: ModelRules, content: bytes, reading: Reading, counts: Counter[str]
) -> tuple[Reading, Decimal]:
    names, pages = doubts(reading), pages_of(content, 40)
    shown = pages_for(reading.kind, pages)
    if not names or not any(shown.values()):
        return reading, Decimal(0)
    counts["asked"] += 1
    try:
        answered = await model.answer(asked_for_fields(shipped_prompts()["fields"], reading, shown))
        places = pointed_at(json.loads(answered.text), names)
    except (MailagentError, ValueError) as error:
        counts[f"no help ({error})"] += 1
        return reading, Decimal(0)
    counts["tokens"] += answered.read + answered.cached + answered.kept + answered.written
    made = {
        name: field
        for name, place in places.items()
        if is_verbatim(place.quote, shown.get(place.page, ""))
        and (field := field_at(name, place.quote, place.page, pages, POINTED))
    }
    counts["dropped"] += len(places) - len(made)
    fields = {**reading.fields, **made}
    return reading.model_copy(update={"fields": fields}), rules.cost(answered)


def _right(reading: Reading, truth: dict[str, object]) -> int:
    return sum(_same(reading.text(name), str(value)) for name, value in truth.items())


def _same(read: str, true: str) -> bool:
    try:
        return Decimal(read) == Decimal(true)
    except ArithmeticError:
        return " ".join(read.casefold().split()) == " ".join(true.casefold().split())


def _rows(folder: Path) -> list[dict[str, Any]]:
    """The labels. Raises SystemExit where there are none."""
    file = folder / "manifest.jsonl"
    if not file.is_file():
        raise SystemExit(f"{file} is not there; it has a line for each file: {_FORM}")
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


async def evaluate(told: argparse.Namespace) -> None:
    """Reads each file without the model and with it."""
    rows = _rows(told.folder)
    rules = ModelRules(price_read=told.price_read, price_written=told.price_written)
    model, counts, cost = _model(told), Counter[str](), Decimal(0)
    before = after = wanted = 0
    for row in [row for row in rows if row.get("truth")][: told.most]:
        content = (told.folder / row["file"]).read_bytes()
        truth = {name: v for name, v in row["truth"].items() if name in told.fields.split(",")}
        reading = read_document(content)
        helped, paid = await _helped(model, rules, content, reading, counts)
        wanted, cost = wanted + len(truth), cost + paid
        before, after = before + _right(reading, truth), after + _right(helped, truth)
        print(f"{row['file']}: {_right(reading, truth)} -> {_right(helped, truth)} of {len(truth)}")
    await model.close()
    told_of = ", ".join(f"{name} {n}" for name, n in counts.items()) or "no question was needed"
    print(f"{wanted} fields: {before} right without, {after} with it; cost {cost}; {told_of}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--provider", choices=("anthropic", "openai"), default="anthropic")
    parser.add_argument("--name", required=True)
    parser.add_argument("--url", default="")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--price-read", type=Decimal, default=Decimal(1))
    parser.add_argument("--price-written", type=Decimal, default=Decimal(5))
    parser.add_argument("--most", type=int, default=50)
    fields = "seller_name,invoice_number,issue_date,due_date,total,currency"
    parser.add_argument("--fields", default=fields)
    asyncio.run(evaluate(parser.parse_args()))


if __name__ == "__main__":
    main()
