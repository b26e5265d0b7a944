"""People 人员 (SUP-03): accounts, persons, posts, roles, contacts and officer assignments."""
