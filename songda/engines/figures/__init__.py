"""Reading bulletins 简报读数: every number with its unit, subject and span; the arithmetic that a text implies; what looks wrong."""
