"""Search over the embeddings: exact index and its files, HNSW beside it, match sets."""
