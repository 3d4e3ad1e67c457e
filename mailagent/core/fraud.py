"""Signs of fraud around a document: who writes, where answers go, what is enclosed, what is urged.

Each is one small test. What fails leads the draft, of bills and of everything else; some stop it:
then there are no buttons, and the original is not sent on.
"""

from collections.abc import Iterable, Iterator

from mailagent.core.lookalike import alike, face, own_label, site
from mailagent.core.people import Company, Person
from mailagent.core.reading import Check, tested
from mailagent.core.value import Value


class Link(Value):
    """A link that shows one place and leads to another."""

    shown: str
    target: str


class Signs(Value):
    """What a mail itself shows: facts, without judgement."""

    reply_to: str = ""
    links: tuple[Link, ...] = ()  # only those that lead elsewhere
    files: tuple[str, ...] = ()  # enclosed, and able to do something when opened: name, and why
    hurry: str = ""  # its words that want money at once, or in secret
    new_account: str = ""  # its words that tell of another account


class Around(Value):
    """What is known of a sender and of the thread that a mail says it belongs to."""

    alike: tuple[str, ...] = ()  # domains of known vendors that this one could be taken for
    named: tuple[str, ...] = ()  # domains from which mails under this display name came before
    thread: tuple[str, ...] = ()  # domains that took part in the thread so far


class Sender(Value):
    """Who wrote."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """Empty where there is no single legal address."""
        return self.address.rpartition("@")[2]


NOBODY_KNOWN = Around()
# Of these, each is somebody posing as another, or something that must not be opened.
STOPPING = frozenset({"sender_alike", "borrowed_name", "dangerous_file"})
STOP_TITLES = {
    "sender_alike": {
        "en": "STOP: the sender looks like somebody you know",
        "de": "STOPP: Der Absender sieht aus wie jemand, den Sie kennen",
    },
    "borrowed_name": {
        "en": "STOP: a known name on another address",
        "de": "STOPP: bekannter Name, fremde Adresse",
    },
    "dangerous_file": {
        "en": "STOP: a dangerous file is enclosed",
        "de": "STOPP: eine gefährliche Datei liegt bei",
    },
}


def suspicions(
    sender: Sender, signs: Signs, around: Around, company: Company, people: Iterable[Person]
) -> tuple[Check, ...]:
    """What speaks against a mail of a stranger, the worst first. Empty: nothing does.

    Of our own people only what is enclosed is looked at: what they send on is theirs to judge.
    """
    people = tuple(people)
    if any(person.address(sender.address) for person in people):
        return tuple(dangerous_file(signs))
    return (
        *borrowed_name(sender, around, company, people),
        *sender_alike(sender, around, company),
        *dangerous_file(signs),
        *thread_taken_over(sender, around, company),
        *reply_elsewhere(sender, signs),
        *urgent_payment(signs),
        *account_told_anew(signs),
        *link_elsewhere(signs),
    )


def sender_alike(sender: Sender, around: Around, company: Company) -> Iterator[Check]:
    """A domain made to be taken for ours, or for that of a vendor in the books."""
    domain = sender.domain
    if not domain or _same(domain, company.domain):
        return
    label, ours = own_label(domain), own_label(company.domain)
    others = [company.domain] if label == ours or alike(label, [ours]) else []
    others += [other for other in around.alike if not _same(other, domain)]
    if others:
        yield tested("sender_alike", ok=False, domain=domain, others=", ".join(others[:3]))


def reply_elsewhere(sender: Sender, signs: Signs) -> Iterator[Check]:
    """An answer would go to another house than the one that wrote."""
    other = signs.reply_to.rpartition("@")[2]
    if other and sender.domain and not _same(other, sender.domain):
        yield tested("reply_elsewhere", ok=False, sender=sender.address, reply_to=signs.reply_to)


def borrowed_name(
    sender: Sender, around: Around, company: Company, people: Iterable[Person]
) -> Iterator[Check]:
    """The name of one of our people, or of somebody known, on an address that is not theirs."""
    name = face(sender.name)
    if not name or not sender.address:
        return
    for person in people:
        if face(person.name) == name and not _same(sender.domain, company.domain):
            yield tested("borrowed_name", ok=False, who=sender.name, now=sender.address,
                         before=company.domain)  # fmt: skip
            return
    if around.named and not any(_same(sender.domain, other) for other in around.named):
        before = ", ".join(around.named[:3])
        yield tested("borrowed_name", ok=False, who=sender.name, now=sender.address, before=before)


def thread_taken_over(sender: Sender, around: Around, company: Company) -> Iterator[Check]:
    """It goes on with a thread of ours, from a house that had no part in it."""
    outside = [other for other in around.thread if not _same(other, company.domain)]
    if not outside or not sender.domain or _same(sender.domain, company.domain):
        return
    if not any(_same(sender.domain, other) for other in outside):
        before = ", ".join(outside[:3])
        yield tested("thread_taken_over", ok=False, now=sender.domain, before=before)


def urgent_payment(signs: Signs) -> Iterator[Check]:
    """Money at once, or without a word to others: the language of frauds."""
    if signs.hurry:
        yield tested("urgent_payment", ok=False, words=signs.hurry)


def account_told_anew(signs: Signs) -> Iterator[Check]:
    """A changed account that is told in words."""
    if signs.new_account:
        yield tested("account_told_anew", ok=False, words=signs.new_account)


def dangerous_file(signs: Signs) -> Iterator[Check]:
    """Something that does more than to be read."""
    if signs.files:
        yield tested("dangerous_file", ok=False, files="; ".join(signs.files[:3]))


def link_elsewhere(signs: Signs) -> Iterator[Check]:
    """A link that shows one place and leads to another."""
    if signs.links:
        first = signs.links[0]
        yield tested("link_elsewhere", ok=False, shown=first.shown, target=first.target)


def _same(one: str, other: str) -> bool:
    """One house: what is registered is the same."""
    return site(one) == site(other)
