"""The parts of the window. A widget gets plain data and emits what happened."""
