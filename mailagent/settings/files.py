"""Reads the settings: the shipped defaults, and over them the files of the agent's home."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mailagent.core.capability import CATALOGUE
from mailagent.core.errors import ConfigInvalid
from mailagent.core.policy import Rule, Verdict
from mailagent.core.private import PrivateRule
from mailagent.settings.complaint import complain, complain_of, nearest
from mailagent.settings.home import CONFIG
from mailagent.settings.model import ConfigFile, PersonSettings, Settings
from mailagent.settings.tasks import TaskSettings
from mailagent.shipped import shipped

_PRIVATE = 'titles = ["board minutes"]'
_RULE = 'name = "doubtful", when = { check_failed = "any" }, verdict = "ask", why = "It failed."'


def read_settings(home: Path) -> Settings:
    """What is set for the agent that lives here."""
    path = home / CONFIG
    if not path.is_file():
        raise ConfigInvalid(f"There is no {path}", advice="`mailagent init` writes one.")
    config = check_config(path, read_toml(path))
    tasks = read_tasks(home / "tasks.toml", config.people)
    rules = read_policy(home / "policy.toml", tasks, {person.id for person in config.people})
    private = read_private(home / "sensitive.toml")
    return Settings(**dict(config), home=home, tasks=tasks, rules=rules, private=private)


def check_config(path: Path, own: dict[str, Any]) -> ConfigFile:
    """A mailagent.toml's content over the shipped defaults."""
    given = _overlaid(read_toml(shipped("config") / CONFIG), own, path)
    try:
        return ConfigFile.model_validate(given)
    except ValidationError as error:
        raise complain_of(path, error, ConfigFile) from None


def read_tasks(path: Path, people: Iterable[PersonSettings]) -> dict[str, TaskSettings]:
    """The list of work, by name."""
    defaults = read_toml(shipped("config") / "tasks.toml")
    own = read_toml(path) if path.is_file() else {}
    for name in own:
        if name not in defaults:
            what = f"is not a task{nearest(name, defaults)}"
            raise complain(path, f"[{name}]", what, f"[{next(iter(defaults))}]")
    given = _overlaid(defaults, own, path)
    tasks = {name: _task(path, name, given[name]) for name in given}
    _approvers_exist(path, tasks, {person.id for person in people})
    return tasks


def read_policy(
    path: Path, tasks: Mapping[str, TaskSettings], people: Collection[str]
) -> tuple[Rule, ...]:
    """The table of rules: the shipped ones, each replaced by the user's of the same name."""
    rules = {rule.name: rule for rule in _rules(shipped("config") / "policy.toml")}
    own = _rules(path) if path.is_file() else []
    for rule in own:
        _rule_can_hit(path, rule, tasks, people)
    return tuple((rules | {rule.name: rule for rule in own}).values())


def read_private(path: Path) -> tuple[PrivateRule, ...]:
    """What is nobody's business, beside what is shipped."""
    own = read_toml(path) if path.is_file() else {}
    return tuple(_private(path, name, given) for name, given in own.items())


def _private(path: Path, name: str, given: object) -> PrivateRule:
    if not isinstance(given, dict):
        raise complain(path, name, "is a section, not a value", f"[{name}]")
    try:
        return PrivateRule.model_validate({"name": name, **given})
    except ValidationError as error:
        raise complain_of(path, error, PrivateRule, within=f"[{name}]", example=_PRIVATE) from None


def read_toml(path: Path) -> dict[str, Any]:
    """A file's content."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise complain(path, "", f"this is not TOML: {error}", 'name = "Acme Ltd"') from None
    except UnicodeDecodeError as error:
        raise complain(path, "", f"this is not UTF-8, at byte {error.start}") from None
    except OSError as error:
        raise ConfigInvalid(
            f"{path} cannot be read: {error.strerror}",
            advice="Run mailagent as the user whose home this is, or let it read the file.",
        ) from None


def _overlaid(defaults: dict[str, Any], own: dict[str, Any], path: Path) -> dict[str, Any]:
    merged = dict(defaults)
    for name, value in own.items():
        if isinstance(defaults.get(name), dict) and not isinstance(value, dict):
            raise complain(path, name, "is a section, not a value", f"[{name}]")
        merged[name] = {**defaults[name], **value} if name in defaults else value
    return merged


def _task(path: Path, name: str, given: object) -> TaskSettings:
    try:
        return TaskSettings.model_validate(given)
    except ValidationError as error:
        raise complain_of(path, error, TaskSettings, within=f"[{name}]") from None


def _approvers_exist(path: Path, tasks: Mapping[str, TaskSettings], ids: set[str]) -> None:
    for name, task in tasks.items():
        for person in task.approvers:
            if person not in ids:
                what = f"names {person!r}, who is not in {CONFIG}{nearest(person, ids)}"
                raise complain(path, f"[{name}] approvers", what, f'approvers = ["{min(ids)}"]')


def _rules(path: Path) -> list[Rule]:
    content = read_toml(path)
    rows = content.pop("rule", [])
    if content:
        raise complain(path, next(iter(content)), "is not known", "[[rule]]")
    if not isinstance(rows, list):
        raise complain(path, "rule", "is a list of tables", "[[rule]]")
    return [_rule(path, row, number) for number, row in enumerate(rows, 1)]


def _rule(path: Path, row: object, number: int) -> Rule:
    named = row.get("name") if isinstance(row, dict) else None
    key = f"rule {named}" if named else f"[[rule]] number {number}"
    try:
        return Rule.model_validate(row)
    except ValidationError as error:
        raise complain_of(path, error, Rule, within=key, example=_RULE) from None


def _rule_can_hit(
    path: Path, rule: Rule, tasks: Mapping[str, TaskSettings], people: Collection[str]
) -> None:
    """A rule with a misspelt name would never hit, and nobody would know."""
    key, when = f"rule {rule.name}", rule.when
    if when.task is not None and when.task not in tasks:
        raise complain(path, key, f"speaks of no task: {when.task!r}{nearest(when.task, tasks)}")
    if when.capability is not None and when.capability not in CATALOGUE:
        hint = nearest(when.capability, CATALOGUE)
        raise complain(path, key, f"speaks of no capability: {when.capability!r}{hint}")
    if when.person is not None and when.person not in people:
        hint = nearest(when.person, people)
        raise complain(path, key, f"speaks of nobody known: {when.person!r}{hint}")
    if rule.verdict is Verdict.STANDING:
        what = "gives a standing approval, which only a person's own word by mail can give"
        raise complain(path, key, what, 'verdict = "ask"')
