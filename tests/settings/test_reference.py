"""docs/configuration.md says what the settings say."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from mailagent.settings.complaint import inner_model
from mailagent.settings.model import ConfigFile
from mailagent.settings.reference import reference
from mailagent.settings.tasks import TaskSettings

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == reference(), "run: make docs"


@pytest.mark.parametrize("model", [*ConfigFile.model_fields, "tasks"])
def test_every_key_says_what_it_is_and_gives_an_example(model: str) -> None:
    section: type[BaseModel] | None = TaskSettings
    if model != "tasks":
        section = inner_model(ConfigFile.model_fields[model].annotation)
    assert section is not None
    for key, field in section.model_fields.items():
        assert field.description, key
        assert field.examples, key
