"""Search over the embeddings: exact matrix, HNSW beside it, match sets."""
