"""What is decided about deliveries without looking anything up."""
