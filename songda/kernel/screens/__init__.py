"""Screens 页面套件: the six page templates, lists that page, static files. No domain noun."""
