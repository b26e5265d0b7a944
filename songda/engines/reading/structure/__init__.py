"""Structure 结构: which lines head articles, where each ends, what lies outside."""
