"""`python -m tests.triage [--errors] [--set NAME]`: the figures."""

import argparse
import sys
from collections.abc import Callable, Iterator

from tests.triage import mails
from tests.triage.blind import blind, later, told
from tests.triage.clients import sent_on
from tests.triage.mails import Labelled
from tests.triage.scoring import score

SETS: dict[str, Callable[[], Iterator[Labelled]]] = {
    "texts": mails.texts,
    "documents": mails.documents,
    "public": mails.public,
    "unseen": mails.unseen,
    "last": mails.last,
    "fresh": mails.fresh,
    "second": mails.second,
    "clients": sent_on,
    "third": lambda: blind("third"),
    "fourth": lambda: blind("fourth"),
    "fifth": lambda: later("fifth", 1),
    "sixth": lambda: later("sixth", 2),
    "seventh": lambda: later("seventh", 3),
    "eighth": lambda: told("eighth"),
    "ninth": lambda: told("ninth"),
}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.triage", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="lists what is wrong")
    parser.add_argument("--set", choices=SETS, help="one of the sets; all of them if none is named")
    asked = parser.parse_args()
    made = SETS[asked.set]() if asked.set else iter(mails.everything())
    result = score(made)
    write = sys.stdout.write
    write(f"{result}\n")
    for one in result.wrong if asked.errors else ():
        write(f"{one.mail.id}: {one.mail.kind} as {one.kind.value} ({one.look.confidence:.2f}) ")
        write(f"{'ASIDE ' if one.aside else ''}{one.look.reason}\n")


if __name__ == "__main__":
    main()
