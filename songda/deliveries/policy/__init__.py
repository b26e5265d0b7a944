"""送政策, deliver policy: library → compendium, plans, guides → matching → receipts → push → watch, briefings."""
