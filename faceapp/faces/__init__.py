"""From pixels to faces: model catalogue, sessions, detector, alignment, embedder, quality."""
