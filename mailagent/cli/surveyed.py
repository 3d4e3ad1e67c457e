"""What `doctor` says of the mailbox itself, of the clock, and of a sign-in that will end."""

from datetime import timedelta
from typing import TYPE_CHECKING

from mailagent.core.errors import MailagentError

if TYPE_CHECKING:
    from connectors.mail.imap.survey import Survey
    from mailagent.settings import Settings

_FAST, _SOON = timedelta(minutes=5), timedelta(days=3)
_WITHOUT = {
    "IDLE": "no IDLE, so it is looked at every {poll:.0f} s: answers come that much later",
    "MOVE": "no MOVE, so mails are copied and deleted",
    "UIDPLUS": "no UIDPLUS, so moved mails are found again by their Message-ID",
    "keywords": "no keywords, which are not needed",
}


def surveyed(settings: "Settings") -> list[tuple[str, bool, str]]:
    """Findings: about what, whether it is well, and what to do. None where nobody can sign in."""
    from mailagent.bootstrap import SystemClock, look_at_mailbox
    from mailagent.settings.passwords import read_passwords

    people = [address for person in settings.people for address in person.addresses]
    try:
        found = look_at_mailbox(settings, read_passwords(settings), people)
    except MailagentError:
        return []  # `mailbox` has said why
    late = found.newest - SystemClock().now() if found.newest else timedelta()
    here = f"{settings.people[0].timezone}, as {settings.people[0].name} is set"
    return [
        ("server", True, _can(found, settings.mailbox.poll_seconds)),
        ("group", not _is_group(found), _group(found, settings.company.ops_address)),
        ("junk", not found.junk_ours, _junk(found)),
        ("clock", late < _FAST, _clock(late)),
        ("time zone", True, here),
    ]


def sign_in(settings: "Settings") -> list[tuple[str, bool, str]]:
    """Of a sign-in with Google or Microsoft: whether it ends soon."""
    from connectors.oauth import read_grant
    from mailagent.bootstrap import SystemClock
    from mailagent.settings.passwords import GRANT

    if not (settings.home / GRANT).is_file():
        return []
    grant, now = read_grant(settings.home / GRANT), SystemClock().now()
    again = f"run `mailagent login {grant.provider}` before then"
    if grant.ends_at is None:
        return [("sign-in", True, f"{grant.provider}, since {grant.granted_at:%d %b %Y}")]
    told = f"{grant.provider}'s ends on {grant.ends_at:%d %b %Y %H:%M} UTC; {again}"
    if grant.provider == "google":
        told += ", or set the app to In production: in Testing every sign-in ends after 7 days"
    return [("sign-in", not grant.ending(now, _SOON), told)]


def _can(found: "Survey", poll: float) -> str:
    said = [_WITHOUT[name].format(poll=poll) for name in found.lacks]
    return "; ".join(said) or f"all that is used; folders are parted by {found.separator!r}"


def _is_group(found: "Survey") -> bool:
    return found.as_list * 2 > found.looked_at > 0


def _group(found: "Survey", ops: str) -> str:
    if not _is_group(found):
        return f"{ops} is a mailbox of its own, as far as its newest mails show"
    return (
        f"{found.as_list} of the newest {found.looked_at} mails came through a mailing list: {ops}"
        " seems to be a group. Groups add footers and take signatures away, so approvals fail:"
        " make it a mailbox, or an alias of one"
    )


def _junk(found: "Survey") -> str:
    if not found.junk:
        return "there is no such folder"
    if not found.junk_ours:
        return f"nothing of your people lies in {found.junk}"
    return (
        f"{found.junk_ours} mails of your people or to the agent lie in {found.junk}: move them to"
        " the INBOX, and tell your provider that they are wanted (a filter: never send to spam)"
    )


def _clock(late: timedelta) -> str:
    if late < _FAST:
        return "agrees with the mail server's"
    minutes = int(late.total_seconds() // 60)
    return (
        f"is {minutes} minutes behind the mail server's; set it (NTP): codes and dates depend on it"
    )
