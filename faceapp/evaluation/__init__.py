"""How well an embedder tells faces apart: verification pairs, ROC, reports."""
