"""Agents that are killed, and what they leave."""

from tests.faults.crash import agents, dovecot_site, enrolled_home, site  # noqa: F401 - fixtures, by name
