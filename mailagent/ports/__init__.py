"""What the stages need from the world, as Protocols.

`outside` is the world of mail, files and keys; `store` is where everything is kept; `engine` runs
the jobs; `office` is all of it together for one company. What several stages do with them is here
as well: `evidence` says who wrote a mail, `covers` what
stands around a document, `board` what the office tells of itself, `inquiries` how
a case goes on that waited for somebody outside. Each port of the outside has one fake in
`testing` and one contract suite that runs against the fake and the real thing alike.
"""

from mailagent.ports.absent import come_home, leave, may_see, stand_in, tell_substitute
from mailagent.ports.astray import astray
from mailagent.ports.board import told_of
from mailagent.ports.contents import contents_of
from mailagent.ports.covers import cover_for
from mailagent.ports.digest import digested
from mailagent.ports.engine import Engine, JobBoard, WaitingJob
from mailagent.ports.evidence import Evidence, all_signatures, context_of, evidence, facts_of
from mailagent.ports.handed import became
from mailagent.ports.inquiries import begin_inquiry, come_back, suggested, tell
from mailagent.ports.looked import looked, looked_before
from mailagent.ports.office import Office
from mailagent.ports.outside import (
    SWEPT,
    Blobs,
    Clock,
    Header,
    Keys,
    Mailbox,
    Post,
    Reader,
    Renderer,
    Sink,
)
from mailagent.ports.pack import month_pack
from mailagent.ports.store import (
    KeptMail,
    KeptMessage,
    Ledger,
    Stale,
    Store,
    System,
    Transaction,
    Waiting,
    Watermark,
)
from mailagent.ports.suspected import suspected
from mailagent.ports.unpack import unpacked

__all__ = [
    "SWEPT",
    "Blobs",
    "Clock",
    "Engine",
    "Evidence",
    "Header",
    "JobBoard",
    "KeptMail",
    "KeptMessage",
    "Keys",
    "Ledger",
    "Mailbox",
    "Office",
    "Post",
    "Reader",
    "Renderer",
    "Sink",
    "Stale",
    "Store",
    "System",
    "Transaction",
    "Waiting",
    "WaitingJob",
    "Watermark",
    "all_signatures",
    "astray",
    "became",
    "begin_inquiry",
    "come_back",
    "come_home",
    "contents_of",
    "context_of",
    "cover_for",
    "digested",
    "evidence",
    "facts_of",
    "leave",
    "looked",
    "looked_before",
    "may_see",
    "month_pack",
    "stand_in",
    "suggested",
    "suspected",
    "tell",
    "tell_substitute",
    "told_of",
    "unpacked",
]
