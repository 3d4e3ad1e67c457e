"""The one place that builds things: settings in, a working agent out."""

from connectors.dns import mail_server
from mailagent.bootstrap.app import App
from mailagent.bootstrap.build import build
from mailagent.bootstrap.clock import SystemClock
from mailagent.bootstrap.reach import calendar_desk, model_of, outside
from mailagent.bootstrap.trials import (
    look_at_mailbox,
    try_calendars,
    try_files,
    try_mailbox,
    try_model,
    try_sending,
)
from mailagent.bootstrap.work import STAGES, TASKS, shipped_prompts, shipped_verbs, task_cards

__all__ = [
    "STAGES",
    "TASKS",
    "App",
    "SystemClock",
    "build",
    "calendar_desk",
    "look_at_mailbox",
    "mail_server",
    "model_of",
    "outside",
    "shipped_prompts",
    "shipped_verbs",
    "task_cards",
    "try_calendars",
    "try_files",
    "try_mailbox",
    "try_model",
    "try_sending",
]
