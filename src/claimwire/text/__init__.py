"""Language, sentences, numbers and dates of plain text. Pure."""
