"""What is kept how long 保管期限表, in plain values."""
