"""Returns 报送: forms of units by period, their values, validation, corrections."""
