"""送政策, deliver policy: library → matching → push."""
