"""The port `Mailbox` on IMAP."""

from connectors.mail.imap.mailbox import ImapMailbox

__all__ = ["ImapMailbox"]
