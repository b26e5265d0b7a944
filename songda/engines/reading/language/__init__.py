"""The language of policy texts 公文语言: numerals, clauses, lines with their labels, words of headings, fields and benefits."""
