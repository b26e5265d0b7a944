"""Helping 帮扶: teams and their firms, stations, desks, letters, errands, packages, delays."""
