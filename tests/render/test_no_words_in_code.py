"""What people are told stands in templates/words/: code names a phrase, and fills its gaps."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailagent.core import errors
from mailagent.core.letter import Line, Settled
from mailagent.core.said import Said
from mailagent.render.pages import detail_of
from mailagent.render.words import Words
from tests.render.letters import AT, EVA, PAYLOADS
from tests.render.parts import TOP
from tests.render.test_checks_in_german import DE, EN, ENGLISH, filled

# Whose errors end in a receipt, and modules of these that no effect ever calls.
SYSTEMS = ("mailagent/store", "connectors")
NEVER = {"anthropic.py", "openai_compatible.py", "oauth.py", "migrate.py", "server.py", "bell.py"}
TOLD = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.Permanent | errors.OutcomeUnknown)
} | {"ServerRefused"}
# The settings are wrong: `doctor` and the terminal say so, no mail does.
TOLD -= {"MailboxRefused", "ConfigInvalid", "ModelRefused", "ModelNonsense", "SchemaTooNew"}
# Whose words a person reads as they stand.
LETTERS = {"Thread": {"subject"}, "Check": {"detail"}}


def calls(*folders: str) -> Iterator[tuple[Path, ast.Call, str]]:
    for folder in folders:
        for path in sorted((TOP / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield path, node, getattr(node.func, "id", getattr(node.func, "attr", ""))


def given(call: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == name), None)


def sentences(node: ast.expr) -> list[str]:
    """Texts in it that are words to people: names of fields and of phrases have no blank."""
    keys = {id(each.args[0]) for each in ast.walk(node) if isinstance(each, ast.Call) and each.args}
    texts = (each for each in ast.walk(node) if isinstance(each, ast.Constant))
    return [
        each.value
        for each in texts
        if isinstance(each.value, str) and " " in each.value.strip() and id(each) not in keys
    ]


def test_every_failure_of_a_system_has_a_phrase() -> None:
    dumb = [
        f"{path.relative_to(TOP)}:{call.lineno}"
        for path, call, name in calls(*SYSTEMS)
        if name in TOLD and path.name not in NEVER and call.args and given(call, "why") is None
    ]
    assert dumb == []


def test_no_letter_is_written_in_code() -> None:
    written = [
        f"{path.relative_to(TOP)}:{call.lineno} {text}"
        for path, call, name in calls("mailagent")
        for field in LETTERS.get(name, ())
        if (value := given(call, field)) is not None
        for text in sentences(value)
    ]
    assert written == []


@pytest.mark.parametrize("key", [key for key in EN if key.startswith("failed.")])
def test_a_german_receipt_tells_every_failure_in_german(key: str) -> None:
    why = filled(key)
    line = Line(number=1, payload=PAYLOADS[0], settled=Settled.FAILED, detail="it is bad", why=why)
    told = detail_of(line, Words(DE, EVA, AT))
    assert told
    assert "it is bad" not in told
    assert not ENGLISH.search(told.lower().replace("`", ""))


def test_a_failure_without_a_phrase_is_told_as_it_is() -> None:
    odd = Said(key="failed.never_heard_of")
    line = Line(number=1, payload=PAYLOADS[0], settled=Settled.FAILED, detail="550 no", why=odd)
    assert detail_of(line, Words(DE, EVA, AT)) == "550 no"
