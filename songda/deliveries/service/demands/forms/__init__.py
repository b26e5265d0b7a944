"""Shapes of input: a demand, a step, a group. What may be done is decided by the verbs."""
