"""What lies where in the folder of a library."""

from __future__ import annotations

DATABASE_FILE = "library.sqlite"
BACKUP_FOLDER = "backups"
CACHE_FOLDER = "cache"
THUMBNAIL_FILE = "thumbnails.sqlite"
