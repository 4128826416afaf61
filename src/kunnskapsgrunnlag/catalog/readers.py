"""The readers that a source may name, and where each lies below `tidy`."""

# Named as text so that reading the catalogue does not import pandas.
READERS = {
    "delivery": "delivery:tidy",
    "husbanken_bostotte": "husbanken:tidy_housing_allowance",
    "rates": "rates:tidy_rates",
    "ssb_cpi": "ssb:tidy_cpi",
    "ssb_rents": "ssb:tidy_rents",
    "ssb_population": "ssb:tidy_population",
}
