"""One page of each kind."""

KINDS = [
    "index.html",
    "chapters/kapittel-5.html",
    "chapters/kapittel-6.html",
    "chapters/kilder.html",
    "chapters/pastander.html",
    "figurer/figur-18.html",
    "tabeller/tabell-14.html",
    "figurer-og-tabeller.html",
    "om.html",
    "tilgjengelighet.html",
    "sok.html?q=bydel",
    "sporing/tabell-29.html",
    "kontrollark/figur-27.html",
]
