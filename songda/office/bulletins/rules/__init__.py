"""Rules of the room: placeholders, wording, rendering, what keeps a text from being published. No Django here."""
