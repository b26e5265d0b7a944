"""Tests of the bulletin reader, on invented sentences."""
