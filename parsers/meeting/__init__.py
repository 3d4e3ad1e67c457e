"""Meetings: what calendar objects say, and when they take place."""
