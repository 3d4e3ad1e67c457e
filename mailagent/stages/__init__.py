"""The way of a mail: each stage takes one subject, does its work, and commits in one go.

ingest -> sort -> read -> propose -> (a person replies) -> decide -> execute; `send` works the
outbox, `shelve` moves mails between the folders, `park` sets aside what nothing could handle.
A stage never calls another stage: it leaves a job.
"""
