"""Can the marks that vouch for a sender be forged from outside? A mail that tries tells."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailagent.core.marks import NAMED, Marks, form_of, only, unvouched
from mailagent.core.people import Pin, Proof
from mailagent.core.reply import Reply
from mailagent.core.value import Value

_RESULTS = "Authentication-Results"
_TEXT = """\
This mail was sent by `mailagent doctor --proof`, which looks at the marks that your own mail
server makes, and whether they can be forged from outside. Nobody needs to read it.
"""


class Stripped(Value):
    """What came of one attempt to forge the marks of one form, in one mailbox."""

    mailbox: str
    marks: str  # their form
    by: str  # whose word they are: the server's name, or the tenant
    held: bool  # the server took the forged ones out
    at: datetime
    why: str = ""  # why it did not hold

    def is_of(self, pin: Pin, mailbox: str) -> bool:
        """Whether this is what a pin rests on."""
        mine = (self.mailbox, self.marks, self.by.lower())
        return mine == (mailbox, pin.marks or NAMED, pin.by.lower())


class Forgery(Value):
    """What the mail claims: the pins that it would pass as, and a word that only it knows."""

    claims: tuple[Pin, ...]
    nonce: str
    fields: tuple[tuple[str, str], ...]


def forge(claims: Sequence[Pin], forms: Sequence[Marks], nonce: str) -> Forgery:
    """The marks of these pins, as a forger would write them."""
    fields = [field for pin in claims for field in _forged(pin, form_of(pin, forms), nonce)]
    return Forgery(claims=tuple(claims), nonce=nonce, fields=tuple(dict.fromkeys(fields)))


def claims_for(
    address: str, mine: Sequence[Pin], people: Sequence[Pin], forms: Sequence[Marks]
) -> tuple[Pin, ...]:
    """What a forger of this address would claim: all that our server was seen to vouch with."""
    domain = address.rpartition("@")[2]
    known = {
        (pin.marks or NAMED, pin.authserv_id, pin.tenant)
        for pin in (*mine, *people)
        if pin.method is Proof.SERVER
    }
    known |= {(form.name, "", "") for form in forms if form.results == "unnamed"}
    claim = Pin(method=Proof.SERVER, domain=domain, login=address)
    return tuple(
        claim.model_copy(update={"marks": marks, "authserv_id": server, "tenant": tenant})
        for marks, server, tenant in sorted(known)
    )


def _forged(pin: Pin, form: Marks, nonce: str) -> Iterator[tuple[str, str]]:
    if form.results:
        said = f"auth=pass smtp.auth={pin.login}; dmarc=pass header.from={pin.domain}"
        name = f"{pin.authserv_id}; " if pin.authserv_id else ""
        yield _RESULTS, f"{name}{said}; x-proof={nonce}"
    if form.inside:
        yield from form.inside.items()
        yield form.tenant, pin.tenant
        yield form.host, f"{nonce}{form.hosts[0]}" if form.hosts else nonce


def forged_mail(
    forgery: Forgery, *, sender: str, recipient: str, subject: str, at: datetime
) -> bytes:
    """The mail itself, the forged marks on top, where a server would write its own."""
    mail = EmailMessage(policy=SMTP)
    for name, value in forgery.fields:
        mail[name] = value
    mail["From"], mail["To"], mail["Subject"] = sender, recipient, subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{forgery.nonce}@{sender.rpartition('@')[2]}>"
    mail.set_content(_TEXT)
    return mail.as_bytes()


def plain_mail(
    *, sender: str, subject: str, at: datetime, nonce: str, recipient: str = ""
) -> bytes:
    """A mail of ours to ourselves, without any claim: it shows what our server writes."""
    nothing = Forgery(claims=(), nonce=nonce, fields=())
    to = recipient or sender
    return forged_mail(nothing, sender=sender, recipient=to, subject=subject, at=at)


def pin_of(outcome: Stripped, forms: Sequence[Marks]) -> Pin:
    """The marks that an outcome is about, as a pin of nobody."""
    pin = Pin(method=Proof.SERVER, marks=outcome.marks)
    whose = "authserv_id" if form_of(pin, forms).results else "tenant"
    return pin.model_copy(update={whose: outcome.by})


def judge_forgery(
    forgery: Forgery, reply: Reply, forms: Sequence[Marks], mailbox: str, at: datetime
) -> tuple[Stripped, ...]:
    """What came of each claim when the mail arrived."""
    found = []
    for pin in forgery.claims:
        why = _survived(pin, forgery.nonce, reply, forms)
        found.append(
            Stripped(
                mailbox=mailbox,
                marks=form_of(pin, forms).name,
                by=pin.by,
                held=not why,
                at=at,
                why=why,
            )
        )
    return tuple(found)


def _survived(pin: Pin, nonce: str, reply: Reply, forms: Sequence[Marks]) -> str:
    """What is left of a forged mark; empty: nothing."""
    form = form_of(pin, forms)
    if not unvouched(pin, reply, forms):
        return "the forged mail passes as genuine"
    if form.results:
        left = [v for n, v in reply.fields if n == _RESULTS.lower() and _is_forged(v, pin, nonce)]
        return "the forged Authentication-Results is still there" if left else ""
    if nonce in only(reply, form.host):
        return f"the forged {form.host} is still there"
    left = [name for name, value in form.inside.items() if _has(reply, name, value)]
    return f"the forged {left[0]} is still there" if left else ""


def _is_forged(value: str, pin: Pin, nonce: str) -> bool:
    """Only what was forged in this server's name: what bears another name counts nowhere."""
    name = value.partition(";")[0].strip().lower()
    mine = name == pin.authserv_id.lower() if pin.authserv_id else "=" in name
    return mine and nonce in value.lower()


def _has(reply: Reply, name: str, value: str) -> bool:
    return any(n == name.lower() and v.strip().lower() == value.lower() for n, v in reply.fields)


def servers_in(reply: Reply) -> tuple[Pin, ...]:
    """Whose Authentication-Results stands on top, as a pin of nobody: worth forging as well."""
    if reply.server is None or not reply.server.authserv_id:
        return ()
    return (Pin(method=Proof.SERVER, marks=NAMED, authserv_id=reply.server.authserv_id),)
