"""Contracts: parties, dates, law, renewal and notice, each with the clause it stands in."""

from parsers.contract.kind import KIND

__all__ = ["KIND"]
