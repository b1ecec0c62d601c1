"""Faceapp: find the people in your own photos, on your own machine."""

__version__ = "0.1.0"
