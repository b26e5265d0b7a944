"""How their words map to ours, the way from one state to another, signatures; pure."""
