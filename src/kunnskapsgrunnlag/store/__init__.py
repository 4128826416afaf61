"""One number from computation to publication: lineage, values, tables, comparison with print."""
