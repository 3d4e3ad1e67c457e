"""mailagent: an operations agent whose only interface is a mailbox."""

__version__ = "0.1.0"
