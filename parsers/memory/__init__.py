"""What was corrected once: learned as a place on a page, found again on the next one."""
