"""Codes 代码与字典 (SUP-14): versioned dictionaries with their hierarchies."""
