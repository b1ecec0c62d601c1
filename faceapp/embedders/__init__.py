"""The verbs on embedders: list, add, embed, use, compare, drop."""
