"""What is worth asking, in which order, and what an answer means."""
