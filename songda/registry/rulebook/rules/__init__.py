"""Decisions of the rulebook: what cases must show, whether evaluators agree, a rule as a tree to look at, what changed."""
