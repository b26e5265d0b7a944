"""Search 检索: one index of Chinese text for both databases; other rooms put entries in and ask."""
