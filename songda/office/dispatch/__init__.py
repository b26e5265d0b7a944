"""Dispatch 统筹调度: the crossings between rooms."""
