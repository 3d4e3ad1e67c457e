"""What the agent says on standard error: lines for people, or JSON for machines."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog

_SECRET = re.compile(r"(^|_)(password|secret|token|code|authorization|api_key)$", re.IGNORECASE)


def configure_log(
    form: Literal["console", "json"], level: str = "info", stream: TextIO | None = None
) -> None:
    """Decides, once per process, how log lines look. Other libraries speak from warnings on."""
    ours: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    out = logging.StreamHandler(stream or sys.stderr)
    out.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=ours,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_last(form)],
        )
    )
    logging.basicConfig(handlers=[out], level=logging.WARNING, force=True)
    for ours_too in ("mailagent", "parsers", "connectors"):
        logging.getLogger(ours_too).setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *ours,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def hide_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Whatever is named like a secret is not written, whoever logged it."""
    for name in event:
        if _SECRET.search(name):
            event[name] = "(hidden)"
    return event


def _last(form: Literal["console", "json"]) -> list[structlog.typing.Processor]:
    # Tracebacks without local variables: those hold passwords and what people write.
    if form == "json":
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
        ]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
