"""`python -m tests.triage.alarms`: how often innocent mails show signs of fraud.

Those of the public collection, where it is, and the labelled ones of ours that are no spam.
"""

import sys
from collections import Counter
from collections.abc import Iterator

from mailagent.core.fraud import Around, Sender, suspicions
from parsers.mail.mime import read_message
from parsers.triage.look import looked_at
from tests.triage.blind import told
from tests.triage.mails import CORPUS, labelled_rows
from tests.values import COMPANY


def public() -> Iterator[tuple[str, bytes]]:
    """Mails in all forms, of people, lists and machines; each once."""
    seen: set[str] = set()
    for name in ("mime", "auto"):
        for row in labelled_rows(f"mail/{name}.dev.jsonl"):
            file = CORPUS / "mail" / "files" / row["repo"] / row["path"]
            if file.is_file() and str(file) not in seen:
                seen.add(str(file))
                yield row["id"], file.read_bytes()


def ours() -> Iterator[tuple[str, bytes]]:
    """What vendors, offices, machines and people write in seven languages."""
    for folder in ("third", "fourth", "fifth", "sixth", "seventh", "wider", "more"):
        yield from ((one.id, one.raw) for one in told(folder) if one.kind != "spam")


def alarms(raw: bytes) -> list[tuple[str, str]]:
    """What speaks against a mail of a stranger, and by which of its words."""
    message = looked_at(raw, read_message(raw))
    sender = Sender(address=message.sender_address)
    found = suspicions(sender, message.signs, Around(), COMPANY, ())
    return [(one.name, str(one.why.gaps if one.why else "")[:100]) for one in found]


def main() -> None:
    """The figures, and each alarm."""
    write = sys.stdout.write
    for innocent in (public, ours):
        seen, alarmed, counts = 0, 0, Counter[str]()
        for name, raw in innocent():
            found = alarms(raw)
            seen, alarmed = seen + 1, alarmed + bool(found)
            counts.update(check for check, _why in found)
            for check, why in found:
                write(f"{name}: {check}: {why}\n")
        write(f"{innocent.__name__}: {alarmed} of {seen} mails show any: {dict(counts)}\n")


if __name__ == "__main__":
    main()
