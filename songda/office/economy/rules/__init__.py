"""Targets against time, changes between periods, conditions of the register. Plain arithmetic on plain data."""
