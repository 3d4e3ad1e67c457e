"""Homes on the servers of the tests."""

from pathlib import Path

from tests.servers import DOMAIN, MailServers

_CONFIG = """\
[company]
id = "corp"
name = "Corp Ltd"
domain = "{domain}"
ops_address = "ops@{domain}"

[[people]]
id = "owner"
name = "Ann Lee"
addresses = ["owner@{domain}"]

[mailbox]
host = "localhost"
port = {imap}
security = "{security}"
ca_file = "{ca}"
user = "ops@{domain}"

[smtp]
host = "localhost"
port = {smtp}
security = "{security}"
ca_file = "{ca}"
user = "ops@{domain}"
"""


def home_on(folder: Path, servers: MailServers) -> Path:
    """A home whose mailbox is one of the servers'."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mailagent.toml").write_text(
        _CONFIG.format(
            domain=DOMAIN,
            imap=servers.imap_port,
            smtp=servers.smtp_port,
            security=servers.security.value,
            ca=servers.ca or "",
        )
    )
    return folder
