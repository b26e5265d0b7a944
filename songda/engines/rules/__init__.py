"""The rule language 规则语言 (DESIGN 3): text ⇄ tree, typed against the fact catalogue; verdicts with their reasons."""
