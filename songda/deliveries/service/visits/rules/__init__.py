"""The contact budget, answers, closing, plans, production, four in place, tiers. No Django here."""
