#!/usr/bin/env python3
"""What the package face_recognition makes of photos, at its defaults: ``benchmarks/scan.py --reference`` runs this.

    uv run --group benchmark python benchmarks/reference.py PHOTO...

Loads each photo, finds its faces (HOG) and encodes them. Prints one JSON object: the seconds for all photos, after
the models were loaded and used once, and the faces as ``faceapp faces --json`` lists them.
"""

from __future__ import annotations

import json
import sys
import time

try:
    import face_recognition  # type: ignore[import-not-found]
    import numpy as np
except (ImportError, SystemExit) as error:  # it exits the process when its models are not there
    sys.exit(f"face_recognition cannot be loaded ({error}): run this by `uv run --group benchmark python ...`")


def main() -> int:
    face_recognition.face_encodings(np.zeros((64, 64, 3), np.uint8), [(0, 63, 63, 0)])
    faces: list[dict[str, object]] = []
    begun = time.perf_counter()
    for path in sys.argv[1:]:
        image = face_recognition.load_image_file(path)
        locations = face_recognition.face_locations(image)
        encodings = face_recognition.face_encodings(image, locations)
        for (top, right, bottom, left), encoding in zip(locations, encodings, strict=True):
            box = [left, top, right - left, bottom - top]
            faces.append({"id": len(faces), "photo": path, "box": box, "embedding": encoding.tolist()})
    print(json.dumps({"seconds": time.perf_counter() - begun, "faces": faces}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
