"""What ``make_screenshots.py`` is made of: pictures, libraries, the pages of the window, the camera."""
