"""Matching 匹配: every rule against every subject at once, in three values, exactly as the row evaluator would answer."""
