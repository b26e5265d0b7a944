"""Geometry and drawings, pure."""
