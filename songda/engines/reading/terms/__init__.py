"""Terms 条件: condition phrases, and the rule text of those that are understood."""
