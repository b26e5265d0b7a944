"""Resumption 复工复产: who may work again, who does, and what stops it."""
