"""One decoder for everything: formats, orientation, EXIF, limits, thumbnails."""
