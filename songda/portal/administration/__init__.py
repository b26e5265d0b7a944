"""Administration 管理: what the pack declares, changed entry by entry on pages, with reason, history and trail."""
