"""What an edition holds, in order; pure."""
