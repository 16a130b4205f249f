"""Sentences to claims. Pure; knows no language, only the lexicons it is given."""
