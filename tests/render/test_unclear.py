"""Why an answer is not followed is said in the person's language, whatever the reason."""

import re
from pathlib import Path

import pytest

from mailagent.core.said import Said, say
from mailagent.core.task import Task
from mailagent.render.words import load
from mailagent.shipped import shipped
from mailagent.tasks import bills, contracts, filing, meetings, payments, questions

_TASKS = (bills, contracts, filing, meetings, payments, questions)
_PACKAGE = Path(bills.__file__).parents[1]
# unclear("past", ...), say("unclear.past"), _Mixed("rest"); what `oddity` and `request` return
_SAID = re.compile(r'(?:\bunclear\(\s*|"unclear\.|_Mixed\()"?(\w+)"')
_GAP = re.compile(r"\{(\w+)")


def _reasons() -> set[str]:
    sources = [p.read_text() for p in sorted(_PACKAGE.glob("*/**/*.py"))]
    return {key for source in sources for key in _SAID.findall(source)}


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_reason_has_its_phrase(language: str) -> None:
    phrases = load(shipped("templates") / "words" / language)
    found = _reasons()
    assert len(found) > 40
    assert {key for key in found if f"unclear.{key}" not in phrases} == set()


def test_the_phrases_of_all_languages_have_the_same_gaps() -> None:
    english, german = (load(shipped("templates") / "words" / name) for name in ("en", "de"))
    for key in (key for key in english if key.startswith("unclear.")):
        assert set(_GAP.findall(english[key])) == set(_GAP.findall(german[key])), key


@pytest.mark.parametrize("task", [module.TASK for module in _TASKS], ids=lambda task: task.name)
def test_every_value_that_does_not_fit_is_said(task: Task) -> None:
    phrases = load(shipped("templates") / "words" / "en")
    kinds = {spelled.__name__ for spelled in task.edits.values()}
    assert {kind for kind in kinds if f"unclear.no_{kind}" not in phrases} == set()


def test_logs_tell_it_in_short() -> None:
    assert say("unclear.may_mean", first="2026-01-02", second="2026-02-01").in_short() == (
        "may mean (2026-01-02, 2026-02-01)"
    )
    assert Said(key="unclear.past").in_short() == "past"
