"""Reads: what is due, what is held, the purges and their proof, what a firm's export holds."""
