"""What is decided about a message without looking anything up."""
