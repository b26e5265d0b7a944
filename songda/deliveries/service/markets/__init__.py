"""Markets 一场一案: a timetable of zones, slots and merchants for each market (SVC-10)."""
