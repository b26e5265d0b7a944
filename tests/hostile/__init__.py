"""Hostile uploads 恶意文件: files made to break readers, sent through every door that takes a file."""
