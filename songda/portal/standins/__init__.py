"""Stand-ins 替身: small local servers that behave like the platforms Songda talks to, for tests and the demonstration."""
