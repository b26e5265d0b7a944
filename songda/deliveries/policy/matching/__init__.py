"""Matching 匹配 (POL-07): which measure fits which subject, since when."""
