"""Home by role 首页: what needs this post now, then what changed. Every figure opens its rows."""
