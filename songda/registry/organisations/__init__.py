"""Organisations 机构 (SUP-02, 18): the tree of areas, departments, parks and task forces."""
