"""Two weeks of a small firm: sixty mails a day, an owner who answers once a day, one clock."""
