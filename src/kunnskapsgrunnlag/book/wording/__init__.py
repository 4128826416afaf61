"""The words of a claim held against its expression: tables of words, facts, rules, the lint."""
