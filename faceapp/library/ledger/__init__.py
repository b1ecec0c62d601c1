"""The ledger of decisions: what the user said, step by step, and what holds of it. ``decisions`` holds the verbs."""
