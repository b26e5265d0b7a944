"""How text becomes terms, and words a question; pure."""
