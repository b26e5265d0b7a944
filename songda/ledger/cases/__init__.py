"""Cases 事项: the one ledger 台账 of everything owed to a subject."""
