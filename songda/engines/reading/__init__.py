"""Reading 阅读: policy texts become drafts with their source span; a person confirms them. Nothing is guessed silently."""
