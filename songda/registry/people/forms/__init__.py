"""Shapes of input about people, and fields that other rooms build their forms of."""
