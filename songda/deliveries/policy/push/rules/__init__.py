"""What is said of a push before anything is looked up."""
