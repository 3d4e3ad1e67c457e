"""A year of a company: made quickly, as the store would have kept it."""
