"""``faceapp faces`` and ``faceapp search``: what faces there are, and which match a picture."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from faceapp import cli
from faceapp.errors import FaceappError, NoFaceError
from faceapp.ports import Services
from faceapp.types import Combine, FloatArray


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
            }
            if args.embeddings:
                embedding = opened.gallery.embedding(face.id)
                values["embedding"] = None if embedding is None else [round(float(v), 6) for v in embedding]
            if args.json:
                cli.emit(values)
            else:
                print(f"{face.id}\t{face.score:.2f}\t{shown_as(values)}\t{values['box']}\t{photo.path}")
    return cli.DONE


def probes_of(opened: Services, args: argparse.Namespace) -> FloatArray:
    """Return the query embeddings (Q, D) of the pictures given. Raises ``NoFaceError`` naming a picture without one."""
    chosen: list[FloatArray] = []
    for path in args.images:
        _, found = opened.pictures.find_faces(path)
        if not found:
            raise NoFaceError(f"No face was found in {path}. Try a picture in which the face is larger or less turned.")
        if args.face is not None and not 1 <= args.face <= len(found):
            raise FaceappError(f"{path} shows {len(found)} face(s), largest first; there is no face {args.face}.")
        picked = found if args.all_faces else [found[(args.face or 1) - 1]]
        chosen += [face.embedding for face in picked]
    return np.stack(chosen)


def search(args: argparse.Namespace) -> int:
    with cli.services(args, gallery=True) as opened:
        threshold = opened.recognition.search_threshold if args.threshold is None else args.threshold
        matches = opened.gallery.search(probes_of(opened, args), Combine(args.combine))
        if threshold < matches.floor:
            raise FaceappError(
                f"--threshold goes from {matches.floor:.2f} to 1; {threshold:g} would match almost everybody."
            )
        count = matches.count(threshold)
        scores = dict(zip(matches.face_ids[:count].tolist(), matches.scores[:count].tolist(), strict=True))
        for face, photo in cli.faces_with_photos(opened, list(scores)):
            values = cli.describe(face, photo) | {"score": round(scores[face.id], 4)}
            if args.json:
                cli.emit(values)
            else:
                print(f"{scores[face.id]:.3f}\t{face.id}\t{shown_as(values)}\t{photo.path}")
        strangers = opened.calibrator.refresh().outlook(matches, threshold, len(opened.gallery)).strangers
        wrong = f"about {strangers:,.0f} of them" if strangers >= 0.5 else "probably none of them"
        cli.say(f"{count:,} faces in {matches.photo_count(count):,} photos at {threshold:.2f}, {wrong} someone else")
    return cli.DONE


def cosine(text: str) -> float:
    """Parse a cosine similarity."""
    value = float(text)
    if not -1 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a cosine between -1 and 1")
    return value


def shown_as(described: dict[str, Any]) -> str:
    """Return who a face is, for people to read: empty for nobody, with a mark where nobody said so."""
    if described.get("hidden"):
        return f"({described['hidden']})"
    name = described["person"] or ""
    return f"{name} (automatic)" if described["standing"] == "automatic" else name


def add_parsers(command: cli.Adder) -> None:
    """Add both commands."""
    made = command(faces, "list every face")
    made.add_argument("--embeddings", action="store_true", help="add the embedding of each face")
    made.add_argument(
        "--min-score", type=float, default=0.0, metavar="S", help="leave out faces the detector is less sure of"
    )
    made = command(search, "list every face that matches a picture, best first")
    made.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    made.add_argument("--threshold", type=cosine, metavar="T", help="least cosine similarity (default: the model's)")
    which = made.add_mutually_exclusive_group()
    which.add_argument(
        "--face", type=int, metavar="N", help="use the N-th largest face of the picture instead of the largest"
    )
    which.add_argument("--all-faces", action="store_true", help="use every face of the picture")
    made.add_argument(
        "--combine",
        choices=[c.value for c in Combine],
        default="any",
        help="several faces: any of them, or all in one photo",
    )
