"""The formats' names, which the command line lists before anything heavy is imported."""

FORMATS = ("table", "csv", "tsv", "json", "ndjson", "md", "toml", "parquet", "xlsx")
"""`table` and `md` are for people; the others use the registry's keys and keep missing values missing."""
