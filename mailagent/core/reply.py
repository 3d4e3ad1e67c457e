"""What is known of a mail that may be a decision, before any gate looks at it."""

from datetime import datetime

from mailagent.core.value import Value


class Claim(Value):
    """A DKIM signature as it announces itself: enough to fetch its key."""

    domain: str
    selector: str

    @property
    def key_name(self) -> str:
        """The DNS name its key record lies under."""
        return f"{self.selector}._domainkey.{self.domain}"


class Signature(Value):
    """A DKIM signature after it was checked against its key."""

    domain: str
    selector: str
    valid: bool
    covered: tuple[str, ...]  # h=, lower case
    has_length: bool  # l= was given
    algorithm: str  # rsa-sha256, ed25519-sha256
    key_bits: int
    key_record: str  # kept with the mail: the evidence outlives a key rotation
    why: str = ""  # why it is not valid


class ServerResult(Value):
    """One result of Authentication-Results: dmarc=pass header.from=corp.example."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()

    def says(self, name: str) -> str:
        """The value of a property, lower case; empty unless it is there exactly once."""
        found = [value.lower() for key, value in self.properties if key == name]
        return found[0] if len(found) == 1 else ""


class ServerVerdict(Value):
    """The topmost Authentication-Results of a mail, read by RFC 8601."""

    authserv_id: str
    results: tuple[ServerResult, ...] = ()

    def only(self, method: str) -> ServerResult | None:
        """The one result of a method; None when there is none, or several."""
        found = [result for result in self.results if result.method == method]
        return found[0] if len(found) == 1 else None


class Aside(Value):
    """What came with the own words: compared with what was sent, never understood."""

    quoted: str = ""
    quoted_html: str = ""  # the same in the HTML part
    # where words are not read, but may have been typed
    doubtful: str = ""  # of the signature: neither an advertisement nor a disclaimer
    unmarked: str = ""  # of a quotation without marks
    unmarked_html: str = ""


class Reply(Value):
    """The facts of one mail: the raw header for the gates, the own words for the grammar."""

    header: bytes  # the raw header block, up to and with the empty line
    size: int
    folder: str
    arrived_at: datetime
    fields: tuple[tuple[str, str], ...]  # unfolded, in order, names lower case
    sender: str  # the one address of From, lower case; empty if there is no single plain one
    subject: str  # decoded
    date: datetime | None
    message_id: str  # without its angle brackets
    # the values of To, Cc, Delivered-To, X-Original-To, In-Reply-To and References
    routing: tuple[str, ...]
    claims: tuple[Claim, ...]
    server: ServerVerdict | None = None  # None: nothing there, or nothing legal
    automatic: str = ""  # why a machine sent it; empty: nothing says so
    media_type: str
    own: str  # the person's own words in the text part
    own_html: str | None  # and in the HTML part, as text; None when there is none
    aside: Aside = Aside()

    @property
    def quoted(self) -> str:
        """What it quotes, of the text part where there is one."""
        return self.aside.quoted or self.aside.quoted_html

    @property
    def encloses(self) -> bool:
        """Whether there may be more in it than text."""
        kind = self.media_type.lower()
        return kind.startswith("multipart/") and kind != "multipart/alternative"
