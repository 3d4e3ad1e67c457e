"""What can be done about a meeting, and how it is said. Pure."""
