"""A report as one page, as paper and as an archive."""
