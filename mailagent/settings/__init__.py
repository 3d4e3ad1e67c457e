"""The settings: read once, frozen, seen by `bootstrap` and `cli` only."""

from mailagent.settings.files import read_settings
from mailagent.settings.home import find_home
from mailagent.settings.model import Settings

__all__ = ["Settings", "find_home", "read_settings"]
