"""The kit of the programs' door 程序接口: what every room's `api.py` is written with. No domain noun lives here."""
