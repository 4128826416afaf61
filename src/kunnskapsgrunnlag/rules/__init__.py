"""The law as pure functions: who gets which instrument, at which income, on which date.

Every function takes the rate tables and the date as arguments and gives an `Outcome`: the amount,
the steps in words and the rates behind it. The shape of a formula is code; every amount, percentage
and date stands in a rate table with its source. Nothing here reads a file, a clock or the network.
"""
