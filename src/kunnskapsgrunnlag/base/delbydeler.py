"""Oslo's delbydeler: names by their four-digit codes, of which the first two are the bydel."""

_NAMES = """
0102 Grønland, 0103 Enerhaugen, 0104 Nedre Tøyen, 0105 Kampen, 0106 Vålerenga, 0108 Kværnerbyen,
0109 Bispevika, 0110 Ensjø, 0111 Etterstad,
0201 Grünerløkka vest, 0202 Grünerløkka øst, 0203 Dælenenga, 0204 Rodeløkka, 0205 Sinsen,
0206 Sofienberg, 0208 Løren, 0209 Hasle,
0301 Iladalen, 0302 Sagene, 0303 Bjølsen, 0304 Sandaker, 0305 Torshov,
0401 Hammersborg, 0402 Bislett, 0403 Ila, 0404 Fagerborg, 0405 Lindern,
0501 Bygdøy, 0502 Frogner, 0503 Frognerparken, 0504 Majorstuen nord, 0505 Majorstuen syd,
0506 Homansbyen, 0507 Uranienborg, 0508 Skillebekk,
0601 Ullernåsen, 0602 Lilleaker, 0603 Ullern, 0604 Montebello-Hoff, 0605 Skøyen,
0701 Røa, 0702 Holmenkollen, 0703 Hovseter, 0704 Holmen, 0705 Slemdal, 0706 Grimelund,
0707 Vinderen,
0801 Disen, 0802 Myrer, 0803 Grefsen, 0804 Kjelsås, 0805 Korsvoll, 0806 Tåsen, 0807 Nordberg,
0808 Ullevål hageby,
0901 Veitvet, 0902 Linderud, 0904 Årvoll, 0905 Refstad, 0906 Ulven,
1001 Ammerud, 1002 Rødtvet, 1003 Nordtvet, 1004 Grorud, 1005 Romsås,
1101 Vestli, 1102 Fossum, 1103 Rommen, 1104 Haugenstua, 1105 Stovner, 1106 Høybråten,
1201 Furuset, 1202 Ellingsrud, 1203 Lindeberg, 1204 Trosterud, 1205 Hellerudtoppen, 1206 Tveita,
1207 Teisen,
1301 Manglerud, 1302 Godlia, 1303 Oppsal, 1304 Bøler, 1305 Skullerud, 1306 Abildsø,
1401 Ljan, 1402 Nordstrand, 1403 Bekkelaget, 1404 Simensbråten, 1405 Lambertseter, 1406 Munkerud,
1501 Holmlia Syd, 1502 Holmlia Nord, 1503 Prinsdal, 1504 Bjørnerud, 1505 Mortensrud, 1506 Bjørndal,
1601 Sentrum,
1701 Marka
"""
_AREAS = (area.strip().partition(" ") for area in _NAMES.split(","))
CURRENT = {code: name for code, _, name in _AREAS}
# Given up in 2017, when areas were merged and split.
DISCONTINUED = {"0101": "Lodalen", "0107": "Helsfyr", "0207": "Hasle-Løren", "0903": "Økern"}
