"""What stands around a text 版头与版记: title, issuer, number, dates, validity, references, genre."""
