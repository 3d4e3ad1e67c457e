"""What is wrong with a configuration, in one line: file, key, what, and an example."""

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from mailagent.core.errors import ConfigInvalid

# Where pydantic's own words are those of Python rather than of the file.
_SHOULD = {
    "tuple_type": "should be a list",
    "model_type": "should be a table",
    "string_pattern_mismatch": "should have another form",
}
_SECRET = ("password", "secret", "token", "api_key")


def complain(path: Path, key: str, what: str, example: str = "") -> ConfigInvalid:
    """The error that says it."""
    told = f"{path}: {key} {what}" if key else f"{path}: {what}"
    return ConfigInvalid(f"{told}; for example: {example}" if example else told)


def complain_of(
    path: Path, error: ValidationError, model: type[BaseModel], within: str = "", example: str = ""
) -> ConfigInvalid:
    """The first thing that pydantic found. A misspelt key goes before what is missing for it."""
    found = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    loc = found["loc"]
    key = " ".join([within, *_names(loc)]) if within else _key(loc, model)
    return complain(path, key, _what(found, model), example or example_of(model, loc))


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint at the known name that was probably meant."""
    close = get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def toml(value: object) -> str:
    """A value as it is written in TOML."""
    match value:
        case Mapping():
            inner = ", ".join(f"{key} = {toml(item)}" for key, item in value.items())
            return f"{{ {inner} }}"
        case list() | tuple():
            return f"[{', '.join(toml(item) for item in value)}]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def model_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that holds the last key of a location."""
    for name in [part for part in loc if isinstance(part, str)][:-1]:
        field = model.model_fields.get(name)
        inner = inner_model(field.annotation) if field else None
        if inner is None:
            return None
        model = inner
    return model


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as tuple[PersonSettings, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(inner_model, get_args(annotation))), None)


def example_of(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    """A right value for a key, or for the one probably meant, as a line of TOML."""
    names = [part for part in loc if isinstance(part, str)]
    holder = model_at(model, loc)
    if holder is None or not names:
        return ""
    meant = get_close_matches(names[-1], holder.model_fields, n=1)
    field = holder.model_fields[meant[0]] if meant else None
    return f"{meant[0]} = {toml(field.examples[0])}" if field and field.examples else ""


def _key(loc: tuple[str | int, ...], model: type[BaseModel]) -> str:
    match loc:
        case (str() as section, int() as index, *rest):
            return " ".join([f"[[{section}]] number {index + 1}", *_names(rest)])
        case (str() as section, *rest):
            field = model.model_fields.get(section)
            table = rest or (field and isinstance(field.annotation, type))
            return " ".join([f"[{section}]" if table else section, *_names(rest)])
        case _:
            return ""


def _names(loc: Iterable[str | int]) -> list[str]:
    names = [part for part in loc if isinstance(part, str)]
    return [".".join(names)] if names else []


def _what(found: ErrorDetails, model: type[BaseModel]) -> str:
    name = str(found["loc"][-1]) if found["loc"] else ""
    match found["type"]:
        case "missing":
            return "is missing"
        case "too_short":
            return "should not be empty"
        case "extra_forbidden":
            return _unknown(name, model_at(model, found["loc"]))
        case "value_error":
            return f"is wrong: {found['ctx']['error']}" if name else str(found["ctx"]["error"])
        case other:
            return f"{_SHOULD.get(other) or _should(found['msg'])}, not {_shown(name, found)}"


def _should(message: str) -> str:
    return "should " + message.partition(" should ")[2].partition(", unable")[0]


def _unknown(name: str, holder: type[BaseModel] | None) -> str:
    if any(word in name.lower() for word in _SECRET):
        return "does not belong into this file: secrets go into secrets.toml"
    fields: Mapping[str, FieldInfo] = holder.model_fields if holder else {}
    return f"is not known{nearest(name, fields)}"


def _shown(name: str, found: ErrorDetails) -> str:
    if any(word in name.lower() for word in _SECRET):
        return "what it is"
    return repr(found["input"])[:80]
