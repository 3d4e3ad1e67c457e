"""Purchase orders as tables, the way purchasing tools write them."""

from parsers.orders.kind import KIND

__all__ = ["KIND"]
