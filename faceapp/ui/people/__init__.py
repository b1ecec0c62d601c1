"""People in the window: their pages, the verbs, the review, reasons, the history."""
