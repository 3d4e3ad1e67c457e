"""What other books know of vendors and their bills."""
