"""Figures in the text form that Prometheus reads: counts by task, and nothing of anybody."""

from collections.abc import Iterable, Mapping

from mailagent.core.figures import Count

_COUNTED = {
    "received": "Cases that came.",
    "proposed": "Cases that were proposed.",
    "done": "Cases that were done.",
    "decided": "Cases that a person decided.",
    "approved": "Cases that were approved.",
    "rejected": "Cases that were rejected.",
    "corrected": "Cases approved only after a change, or wrong after all.",
    "escalated": "Cases that the agent could not go on with by itself.",
    "doubtful": "Cases proposed on a reading that is not sure.",
    "calls": "Calls to other systems.",
    "call_errors": "Calls that failed, or whose outcome nobody knew.",
    "values": "Values that were read and decided on.",
    "values_changed": "Values that a person changed.",
    "incidents": "What people said was wrong.",
    "ignored": "Drafts that ran out unanswered.",
    "mails": "Mails to our own people.",
    "checked": "Cases that were looked at again.",
    "checked_right": "Of these, cases that were right.",
}
# What somebody takes back counts down: a program would take a counter's fall for a new start.
_FALLS = frozenset({"corrected", "values_changed", "checked_right"})


def exposition(counts: Iterable[Count], states: Mapping[str, int], head: int) -> str:
    """Every count since the first entry, how many cases stand where, and the log's length."""
    sums: dict[tuple[str, str], int] = {}
    for one in counts:
        if one.name in _COUNTED:
            key = (one.name, one.task)
            sums[key] = sums.get(key, 0) + one.n
    lines = []
    for name, what in _COUNTED.items():
        kind, end = ("gauge", "") if name in _FALLS else ("counter", "_total")
        metric = f"mailagent_{name}{end}"
        lines += [f"# HELP {metric} {what}", f"# TYPE {metric} {kind}"]
        told = {task: n for (one, task), n in sorted(sums.items()) if one == name}
        lines += [f'{metric}{{task="{_label(task)}"}} {n}' for task, n in told.items()]
    lines += ["# HELP mailagent_cases Cases by state.", "# TYPE mailagent_cases gauge"]
    lines += [f'mailagent_cases{{state="{_label(name)}"}} {n}' for name, n in states.items()]
    lines += [
        "# HELP mailagent_audit_entries Entries of the audit log.",
        "# TYPE mailagent_audit_entries gauge",
        f"mailagent_audit_entries {head}",
    ]
    return "\n".join(lines) + "\n"


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
