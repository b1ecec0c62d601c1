"""The commands, a module a subject; ``cli`` puts them together."""
