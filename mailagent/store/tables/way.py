"""The way of a mail: messages, cases, drafts, decisions, effects, jobs, people, the chain."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Text, UniqueConstraint

from mailagent.store.tables.base import Utc, keyed, numbered

companies = keyed(
    "companies",
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", String, nullable=False),
)

people = keyed(
    "people",
    Column("person", String, primary_key=True),
    Column("body", JSON, nullable=False),
)

# One authenticator app a person, whatever address is written from.
authenticators = keyed(
    "authenticators",
    Column("person", String, primary_key=True),
    Column("secret", String, nullable=False),
    Column("enrolled_at", Utc, nullable=False),
)

# Each step of an authenticator counts once.
used_codes = keyed(
    "used_codes",
    Column("person", String, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
)

# Senders that nobody is told of any more for a while.
muted = keyed(
    "muted",
    Column("sender", String, primary_key=True),
    Column("until", Utc, nullable=False),
)

enrolments = keyed(
    "enrolments",
    Column("code", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("until", Utc, nullable=False),
    Column("message", Integer),  # what arrived with the code
)

# What came of forging the marks that a receiving server vouches with, by the latest attempt.
stripped_marks = keyed(
    "stripped_marks",
    Column("mailbox", String, primary_key=True),
    Column("marks", String, primary_key=True),
    Column("by", String, primary_key=True),
    Column("held", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

# Whether the proof that was pinned for an address still arrives with what is sent from it.
proofs = keyed(
    "proofs",
    Column("address", String, primary_key=True),
    Column("held_at", Utc),
    Column("missed", Integer, nullable=False),  # times in a row
    Column("why", Text, nullable=False),
)

mailboxes = keyed(
    "mailboxes",
    Column("mailbox", String, primary_key=True),
    Column("uidvalidity", Integer, nullable=False),
    Column("uid", Integer, nullable=False),
)

messages = numbered(
    "messages",
    Column("mailbox", String, nullable=False),
    Column("arrived_uidvalidity", Integer, nullable=False),
    Column("arrived_uid", Integer, nullable=False),
    Column("folder", String, nullable=False),
    Column("uidvalidity", Integer, nullable=False),
    Column("uid", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("sender", String, nullable=False),
    Column("signed_by", String, nullable=False, default=""),
    Column("references", JSON, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("disposition", String, nullable=False),
    UniqueConstraint("company", "mailbox", "arrived_uidvalidity", "arrived_uid"),
    Index("messages_by_content", "company", "sha256"),
    Index("messages_by_disposition", "company", "disposition"),
    Index("messages_by_name", "company", "message_id"),
)

cases = numbered(
    "cases",
    Column("ref", String, nullable=False),
    Column("message", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("task", String, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    UniqueConstraint("company", "ref"),
    Index("cases_by_message", "company", "message"),
    Index("cases_by_state", "company", "state"),
    Index("cases_by_change", "company", "state", "changed_at"),  # those of a week among years
)

readings = keyed(
    "readings",
    Column("case", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
)

# What a person changed, by the version that their words made.
revisions = keyed(
    "revisions",
    Column("case", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
)

# What a person typed above the documents that a message brought.
above = keyed(
    "above",
    Column("message", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
)

proposals = keyed(
    "proposals",
    Column("case", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("body", JSON, nullable=False),
    Column("judgement", JSON, nullable=False),
    Column("made_at", Utc, nullable=False),
)

drafts = numbered(
    "drafts",
    Column("case", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ref", String, nullable=False),
    Column("person", String, nullable=False),
    Column("token_hash", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("issued_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("state", String, nullable=False),
    Column("left_out", JSON, nullable=False),  # of the shown actions, by their numbers
    Column("choice", String, nullable=False),  # of the shown alternatives
    Column("failures", Integer, nullable=False),  # replies that carried its token and failed
    UniqueConstraint("company", "token_hash"),
    Index("drafts_by_case", "company", "case", "state"),
    Index("drafts_by_person", "company", "person", "state"),
    Index("drafts_by_expiry", "company", "state", "expires_at"),
)

# A draft of its own kind: its token covers the drafts of several cases.
briefs = keyed(
    "briefs",
    Column("draft", Integer, primary_key=True),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),  # morning, burst, receipt
    Column("title", String, nullable=False),
    Column("issued_at", Utc, nullable=False),
    Column("seen_to", Integer, nullable=False),  # the newest message that it counted
    Index("briefs_by_person", "company", "person", "kind"),
)

brief_items = keyed(
    "brief_items",
    Column("brief", Integer, primary_key=True),  # the draft of the brief
    Column("number", Integer, primary_key=True),
    Column("draft", Integer, nullable=False),  # the draft of the case
    Column("ready", Boolean, nullable=False),
    Index("brief_items_by_draft", "company", "draft"),
)

# What came of each item in each answer; the receipt is made of it.
brief_answers = keyed(
    "brief_answers",
    Column("message", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("brief", Integer, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("outcome", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Index("brief_answers_by_draft", "company", "draft"),
    Index("brief_answers_by_brief", "company", "brief"),
)

# Cases whose draft is not sent by itself: it comes with this person's next brief.
for_brief = keyed(
    "for_brief",
    Column("case", Integer, primary_key=True),
    Column("person", String, primary_key=True),
    Column("for_morning", Boolean, nullable=False),  # it was asked before, and can wait
    Column("since", Utc, nullable=False),
    Index("for_brief_by_person", "company", "person"),
)

# Words that were kept until a second person says the same of this very version.
approvals = keyed(
    "approvals",
    Column("case", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("person", String, primary_key=True),
    Column("draft", Integer, nullable=False),
    Column("at", Utc, nullable=False),
)

decisions = numbered(
    "decisions",
    Column("message", Integer, nullable=False),
    Column("draft", Integer),
    Column("verdicts", JSON, nullable=False),
    Column("outcome", String, nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("company", "message"),
    Index("decisions_by_draft", "company", "draft"),
)

effects = keyed(
    "effects",
    Column("key", String, primary_key=True),
    Column("case", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String, nullable=False),
    Column("outcome", JSON),
    Column("detail", Text, nullable=False),
    Column("why", JSON),
    Column("intended_at", Utc, nullable=False),
    Column("settled_at", Utc),
    Index("effects_by_case", "company", "case", "version"),
)

outbox = numbered(
    "outbox",
    Column("about", String, nullable=False),
    Column("case", Integer),
    Column("kind", String, nullable=False),
    Column("urgent", Boolean, nullable=False),  # a STOP: it has a budget of its own
    Column("recipient", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("blob", String, nullable=False),
    Column("state", String, nullable=False),  # queued, sent, refused, undelivered
    Column("error", Text, nullable=False),
    Column("again", Integer, nullable=False),  # how often it was sent once more
    Column("queued_at", Utc, nullable=False),
    Column("sent_at", Utc),
    UniqueConstraint("company", "about"),
    Index("outbox_by_message_id", "company", "message_id"),
    Index("outbox_by_state", "company", "state"),
    Index("outbox_by_recipient", "company", "recipient", "queued_at"),
)

jobs = numbered(
    "jobs",
    Column("stage", String, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("routine", String, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("attempts", Integer, nullable=False),
    # Counts how often the job was asked for: asked for again while it runs, it runs again.
    Column("asked", Integer, nullable=False),
    Column("error", Text, nullable=False),
    UniqueConstraint("company", "stage", "subject", "version", "routine"),
    # The worker asks over all companies: what is due, most urgent lane first.
    Index("jobs_due", "not_before", "lane"),
)

schedules = keyed(
    "schedules",
    Column("name", String, primary_key=True),
    Column("next_at", Utc, nullable=False),
)

audit = keyed(
    "audit",
    Column("seq", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("actor", String, nullable=False),
    Column("what", String, nullable=False),
    Column("case", Integer),
    Column("details", JSON, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("audit_by_case", "company", "case"),
)

# -- why something waits, who else decides, and what went wrong --------------------------------

snoozes = keyed(
    "snoozes",
    Column("case", Integer, primary_key=True),
    Column("person", String, primary_key=True),
    Column("until", Utc, nullable=False),
    Index("snoozes_by_deadline", "company", "until"),
)

delegations = keyed(
    "delegations",
    Column("case", Integer, primary_key=True),
    Column("person", String, primary_key=True),  # who may decide this case beside its approvers
    Column("by", String, nullable=False),
)

pauses = keyed(
    "pauses",
    Column("task", String, primary_key=True),  # empty: every task
    Column("person", String, nullable=False),
    Column("since", Utc, nullable=False),
)

# What somebody outside was asked about a case. The question is a case of its own.
inquiries = keyed(
    "inquiries",
    Column("case", Integer, primary_key=True),
    Column("about", Integer, nullable=False),  # the case that waits for the answer
    Column("state", String, nullable=False),  # drafted, waiting, answered, human, silent, given_up
    Column("message_id", String, nullable=False),  # of our mail; empty until there is one
    Column("until", Utc),  # as long as it waits
    Column("body", JSON, nullable=False),
    Index("inquiries_by_about", "company", "about"),
    Index("inquiries_by_mail", "company", "message_id"),
    Index("inquiries_by_deadline", "company", "state", "until"),
)

# Whom we wrote to, outside: the first mail to somebody is heavy.
correspondents = keyed(
    "correspondents",
    Column("address", String, primary_key=True),
    Column("mails", Integer, nullable=False),
    Column("since", Utc, nullable=False),
)

incidents = numbered(
    "incidents",
    Column("case", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("person", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Index("incidents_by_case", "company", "case"),
)
