"""A home folder to read settings from."""

from pathlib import Path

GOOD = """\
[company]
id = "acme"
name = "Acme Ltd"
domain = "acme.example"
ops_address = "ops@acme.example"

[[people]]
id = "ann"
name = "Ann Lee"
addresses = ["Ann@acme.example"]

[mailbox]
host = "imap.acme.example"
user = "ops@acme.example"

[smtp]
host = "smtp.acme.example"
"""


def home_of(folder: Path, config: str = GOOD, **others: str) -> Path:
    """A home with this mailagent.toml, and tasks, policy or secrets beside it."""
    (folder / "mailagent.toml").write_text(config)
    for name, content in others.items():
        (folder / f"{name}.toml").write_text(content)
    return folder
