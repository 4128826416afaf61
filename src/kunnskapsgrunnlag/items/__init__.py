"""One module per numbered table or figure: compute the table, draw it, describe it.

`compute(<inputs>, *, <settings>)` gets traced tables named as in the catalogue and returns one row
per key with columns `region`, `category`, `year` (those that the item has) and a column per
measure, named as in params.yaml with `_` for `-`. `draw(table, chart)` gets the same table as plain
numbers, once for each width, and computes nothing; what it may use stands in `kit.py`.
"""
