"""What leaves Faceapp for other programs."""
