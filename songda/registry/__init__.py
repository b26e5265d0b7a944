"""Floor 1: who and what there is: codes, calendars, organisations, subjects, people, facts, rules."""
