"""``faceapp faces``: what faces there are."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from faceapp import cli


def faces(args: argparse.Namespace) -> int:
    with cli.services(args, gallery=args.embeddings) as opened:
        seen = opened.reader.face_ids(min_score=args.min_score)
        groups = cli.groups_by_face(opened)
        for face, photo in cli.faces_with_photos(opened, np.union1d(seen, opened.people_reader.hidden_ids()).tolist()):
            if face.score < args.min_score:  # hidden ones come whatever their score
                continue
            values = cli.describe(face, photo)
            person = cli.belonging(face)
            quality = face.quality
            values |= {
                "score": round(face.score, 4),
                "quality": {
                    "size_px": round(quality.size_px, 1),
                    "sharpness": round(quality.sharpness, 1),
                    "norm": round(quality.norm, 3),
                    "yaw": round(quality.yaw, 3),
                },
                "group": -person[0] if person else groups.get(face.id),
                "hidden": face.hidden,
                "rejected": list(face.rejected),
            }
            if args.embeddings:
                embedding = opened.gallery.embedding(face.id)
                values["embedding"] = None if embedding is None else [round(float(v), 6) for v in embedding]
            if args.json:
                cli.emit(values)
            else:
                print(f"{face.id}\t{face.score:.2f}\t{shown_as(values)}\t{values['box']}\t{photo.path}")
    return cli.DONE


def shown_as(described: dict[str, Any]) -> str:
    """Return who a face is, for people to read: empty for nobody, with a mark where nobody said so."""
    if described.get("hidden"):
        return f"({described['hidden']})"
    name = described["person"] or ""
    return f"{name} (automatic)" if described["standing"] == "automatic" else name


def add_parsers(command: cli.Adder) -> None:
    """Add the command."""
    made = command(faces, "list every face")
    made.add_argument("--embeddings", action="store_true", help="add the embedding of each face")
    made.add_argument(
        "--min-score", type=float, default=0.0, metavar="S", help="leave out faces the detector is less sure of"
    )
