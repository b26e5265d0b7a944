"""Promises 措施: units, measures, and what hangs on them (channel, papers, definitions, requirements)."""
