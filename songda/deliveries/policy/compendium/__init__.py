"""Compendium 政策汇编: editions with frozen membership, printed as a book (POL-01, POL-34)."""
