"""The general reader of invoices: words with places in, values with evidence out."""
