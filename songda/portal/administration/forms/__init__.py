"""Forms made from the JSON Schema of a section, and those of the calendar."""
