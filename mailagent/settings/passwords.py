"""Secrets: from the environment, the system's keyring, or secrets.toml, in this order."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from mailagent.core.errors import ConfigInvalid
from mailagent.core.value import Value
from mailagent.settings.complaint import complain, nearest
from mailagent.settings.files import read_toml
from mailagent.settings.model import Settings

FILE = "secrets.toml"
GRANT = "oauth.json"  # written by `mailagent login`; it signs in instead of a password
NAMES = ("mailbox_password", "smtp_password", "files_password", "model_key")
_OF_A_CALENDAR = re.compile(r"calendar_[a-z0-9_]{1,40}_(address|password)")
_OTHERS_MAY = 0o077


class Passwords(Value):
    """What the agent signs in with; shown nowhere."""

    mailbox: SecretStr
    smtp: SecretStr | None  # None: the server asks for no login
    grant: Path | None = None  # signs in instead of both
    files: SecretStr | None = None  # of the WebDAV server
    calendars: dict[str, SecretStr] = {}  # by the names of `CalendarPlace.secrets`
    model: SecretStr | None = None  # None: no model is asked, or one in the house


def read_passwords(settings: Settings, environ: Mapping[str, str] = os.environ) -> Passwords:
    """The passwords of the mailbox and of the way out; the same one where only one is given."""
    mailbox = _find("mailbox_password", settings, environ)
    if mailbox is None and (grant := settings.home / GRANT).is_file():
        others = _of_others(settings, environ)
        return Passwords(mailbox=SecretStr(""), smtp=None, grant=grant, **others)
    if mailbox is None:
        raise ConfigInvalid(
            f"The password of {settings.mailbox.user} is missing",
            advice=f'Write mailbox_password = "..." into {settings.home / FILE} (mode 600), '
            f"or run `keyring set {_service(settings)} mailbox_password`, "
            "or run `mailagent login`, or set MAILAGENT_MAILBOX_PASSWORD.",
        )
    smtp = _find("smtp_password", settings, environ) or mailbox
    return Passwords(
        mailbox=mailbox,
        smtp=smtp if settings.smtp.user else None,
        **_of_others(settings, environ),
    )


def _of_others(settings: Settings, environ: Mapping[str, str]) -> dict[str, Any]:
    """What other systems than the mailbox want, however that is signed in to."""
    return {
        "model": _key(settings, environ),
        "files": _find("files_password", settings, environ) if settings.files.user else None,
        "calendars": _of_calendars(settings, environ),
    }


def _of_calendars(settings: Settings, environ: Mapping[str, str]) -> dict[str, SecretStr]:
    """Passwords, and addresses that let in whoever knows them."""
    names = [name for place in settings.calendars for name in place.secrets]
    found = {name: _find(name, settings, environ) for name in names}
    return {name: secret for name, secret in found.items() if secret}


def _key(settings: Settings, environ: Mapping[str, str]) -> SecretStr | None:
    """Of the model; one at its provider does not answer without it."""
    if not settings.model.provider:
        return None
    key = _find("model_key", settings, environ)
    if key is None and settings.model.provider == "anthropic":
        raise ConfigInvalid(
            "The key of the model is missing",
            advice=f'Write model_key = "..." into {settings.home / FILE} (mode 600), '
            f"or run `keyring set {_service(settings)} model_key`, or set MAILAGENT_MODEL_KEY; "
            'or set provider = "" to go without.',
        )
    return key


def _find(name: str, settings: Settings, environ: Mapping[str, str]) -> SecretStr | None:
    found = (
        environ.get(f"MAILAGENT_{name.upper()}")
        or _from_keyring(_service(settings), name)
        or _from_file(settings.home / FILE).get(name)
    )
    return SecretStr(found) if found else None


def _service(settings: Settings) -> str:
    return f"mailagent/{settings.company.id}"


def _from_keyring(service: str, name: str) -> str | None:
    # Costs a quarter of a second, which only those pay who sign in.
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(service, name)
    except (KeyringError, OSError):
        return None  # none here, a locked one, or not this user's: the file is asked next


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    if path.stat().st_mode & _OTHERS_MAY:
        raise ConfigInvalid(
            f"Others on this machine can read {path}", advice=f"Run: chmod 600 {path}"
        )
    content = read_toml(path)
    for name, value in content.items():
        if name not in NAMES and not _OF_A_CALENDAR.fullmatch(name):
            raise complain(path, name, f"is not known{nearest(name, NAMES)}", f'{NAMES[0]} = "..."')
        if not isinstance(value, str):
            raise complain(path, name, "should be a text", f'{name} = "..."')
    return content
