"""Printing 排印: a document tree as docx and PDF in the official format (GB/T 9704). No Django here."""
