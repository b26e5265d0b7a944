"""Values 数值: quantities, their roles and tiers, dates."""
