"""Where a line can be said that something waits."""
