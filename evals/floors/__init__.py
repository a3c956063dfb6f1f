"""Plain methods that the product is measured against."""
