"""Floor 2: the one ledger of what is owed to a subject; notices and their evidence; panels."""
