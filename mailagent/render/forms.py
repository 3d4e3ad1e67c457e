"""The templates: compiled once, every class written out as a style when they are loaded."""

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_eval_context,
    select_autoescape,
)
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from mailagent.render.text import table, wrapped

_RULE = re.compile(r"^\.([a-z-]+)\s*\{([^}]*)\}", re.MULTILINE)
_CLASS = re.compile(r'class="([^"{}]+)"')
_DOT = re.compile(r"(?<=\w)\.(?=[A-Za-z])")


class Forms(FileSystemLoader):
    """Outlook knows no style sheet, so mail.css is written into the elements themselves."""

    def __init__(self, templates: Path) -> None:
        super().__init__(templates)
        sheet = (templates / "mail.css").read_text(encoding="utf-8")
        self._styles = {m[1]: " ".join(m[2].split()) for m in _RULE.finditer(sheet)}

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The template, its classes spelled out."""
        source, path, fresh = super().get_source(environment, template)
        return _CLASS.sub(self._with_style, source), path, fresh

    def _with_style(self, found: re.Match[str]) -> str:
        styles = (self._styles.get(name, "") for name in found[1].split())
        style = " ".join(filter(None, styles))
        return f'{found[0]} style="{style}"' if style else found[0]


def environment(templates: Path) -> Environment:
    """Where templates are found and compiled, once."""
    forms = Environment(
        loader=Forms(templates),
        autoescape=select_autoescape(["html"]),  # and plain text stays plain
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_unlinked,
    )
    forms.filters.update(wrapped=wrapped, table=table)
    return forms


@pass_eval_context
def _unlinked(context: EvalContext, value: object) -> object:
    """Breaks `evil.example` in HTML, so that no mail client makes a link of it."""
    if not context.autoescape or not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_DOT.sub("<span>.</span>", escape(value)))  # noqa: S704 - escaped just here
