"""Tokens of programs 程序令牌."""
