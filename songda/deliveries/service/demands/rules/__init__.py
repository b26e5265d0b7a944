"""Which unit a demand goes to, who may not judge the own work, when the same problem is one. No Django here."""
