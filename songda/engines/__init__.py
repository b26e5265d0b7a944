"""Floor 0, pure: rules, matching and reading. Plain values in, plain values out; no Django, no clock, no settings."""
