"""Floor 0, Django side: errors, clock, doors, audit, bulk writes, jobs, files and the page kit. No domain noun lives here."""
