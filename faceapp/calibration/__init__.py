"""What scores mean in this library: expected strangers, chances, named thresholds."""
