"""What is decided about matches without looking anything up."""
