"""What a kind of case is, which clocks a case has, how it may close. No Django here."""
