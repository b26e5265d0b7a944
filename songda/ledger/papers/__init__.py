"""Papers 文书: every kind of document and list, numbered without gaps, printed, found again (SUP-23)."""
