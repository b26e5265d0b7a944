"""Decisions of the library: what a title claims, what a draft still lacks, how documents may stand to each other."""
