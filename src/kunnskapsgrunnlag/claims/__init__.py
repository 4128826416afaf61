"""The claims of the text: expressions that stand beside their sentences, judged by the numbers.

    [Oslo er størst.]{.pastand sjekk="høyest(figur-25/folkemengde/byer) = oslo"}

`language` reads an expression, `numbers` finds what it names, `judge` says whether it holds, and
`coded` has the few that no expression can say. `docs/pastander.md` is the guide to the language.
"""
