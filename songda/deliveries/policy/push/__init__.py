"""Push 推送 (POL-07, 08): telling the firms that a measure fits, once."""
