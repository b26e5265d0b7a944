"""Ready to open 开业检查: what a house needs before its first firm is served, line by line. Looks change nothing."""
