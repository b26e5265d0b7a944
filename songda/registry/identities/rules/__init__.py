"""Rules of the room: what a provider must be, what is asked of an answer, and when a token is believed."""
