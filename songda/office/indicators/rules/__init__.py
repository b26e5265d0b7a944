"""What a figure is worth: expressions over figures, exact arithmetic with bounds, flags, and what may be printed."""
