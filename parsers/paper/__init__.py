"""What a vendor has to prove: insurance, tax forms, registrations, certificates."""

from parsers.paper.kind import KIND

__all__ = ["KIND"]
