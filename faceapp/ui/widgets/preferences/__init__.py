"""The preferences: one file a page, and the window around them."""
