"""Subjects 主体 (SUP-01): enterprises, merchants, farms, sites, projects; identity, names, likely duplicates."""
