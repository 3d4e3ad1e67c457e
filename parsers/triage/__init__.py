"""What a mail is: a look at its structure, its header and its words."""
