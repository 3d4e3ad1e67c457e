"""The settings of an agent on loopback; nothing here costs memory of its own."""

from pathlib import Path

_SETTINGS = """
[company]
id = "bench"
name = "Acme Studio GmbH"
domain = "{domain}"
ops_address = "{ops}"
[[people]]
id = "owner"
name = "Ann Lee"
addresses = ["{owner}"]
[mailbox]
host = "localhost"
port = {imap}
security = "starttls"
ca_file = "{ca}"
user = "{ops}"
[smtp]
host = "localhost"
port = {smtp}
security = "starttls"
ca_file = "{ca}"
user = "{ops}"
"""


def write_settings(home: Path, ops: str, imap: int, smtp: int, ca: str) -> None:
    """Its owner has a mailbox in the same domain."""
    domain = ops.rpartition("@")[2]
    facts = {"domain": domain, "ops": ops, "owner": f"owner@{domain}", "ca": ca}
    text = _SETTINGS.format(**facts, imap=imap, smtp=smtp)
    (home / "mailagent.toml").write_text(text, encoding="utf-8")
