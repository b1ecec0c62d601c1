#!/usr/bin/env python3
"""Fetch the pictures of tests/portraits out of published packages, by name and version, sha256 checked.

    python scripts/make_portraits.py [--downloads DIR] [--out DIR]

Nothing of the packages is installed. Needs ``pip`` as it is set up on this machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from make_models import pip_download, read_member

PORTRAITS = Path(__file__).resolve().parent.parent / "tests" / "portraits"


@dataclass(frozen=True)
class Package:
    """A package, the archive it arrives as, and what is taken: member -> (name here, sha256)."""

    name: str
    version: str
    archive: str  # pattern
    options: tuple[str, ...]
    members: dict[str, tuple[str, str]]


# Any wheel of the version holds the same pictures: one fixed platform is named so that the answer is always the same.
WHEEL = ("--only-binary=:all:", "--python-version=3.11", "--platform=manylinux2014_x86_64")
PACKAGES = (
    Package(
        "face_recognition",
        "1.3.0",
        "face_recognition-1.3.0.tar.gz",
        ("--no-binary=:all:",),
        {
            f"face_recognition-1.3.0/{member}": (name, sha256)
            for member, name, sha256 in (
                (
                    "tests/test_images/biden.jpg",
                    "biden.jpg",
                    "3c17508bb91554c637a2eabddfae790e5bb1caba93130814fc2ac50be9760c4c",
                ),
                (
                    "tests/test_images/obama.jpg",
                    "obama.jpg",
                    "0930e3aa8cae5920329c0c8cbc6a2ab70f47b0e67b432875beaa95cbf7e741f6",
                ),
                (
                    "tests/test_images/obama2.jpg",
                    "obama2.jpg",
                    "a7efcc907375274796f39646510704aa86672d59f6d5469d69af3c85590976a6",
                ),
                (
                    "tests/test_images/obama3.jpg",
                    "obama3.jpg",
                    "76ac6bf97c36dc2da0ad16a537d6a5ac1b10f48d49aac29a0cca9a17cdbc3ca3",
                ),
                (
                    "tests/test_images/obama_partial_face.jpg",
                    "obama_partial_face.jpg",
                    "c2d1f09e7ef3042352b41e41286e6eb0522f64f88308be13886991b95db52117",
                ),
                (
                    "tests/test_images/obama_partial_face2.jpg",
                    "obama_partial_face2.jpg",
                    "9a812347f97633542b8cd9992de22def11b74f79d82056bc3ee830f13878e028",
                ),
                (
                    "LICENSE",
                    "LICENSE.face_recognition",
                    "a97254e5ee8167a2bedd456b8c6710fde64d5603422e631d0bc3132c90d5c930",
                ),
            )
        },
    ),
    Package(
        "scikit-image",
        "0.25.2",
        "scikit_image-0.25.2-*.whl",
        WHEEL,
        {
            "skimage/data/astronaut.png": (
                "astronaut.png",
                "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
            ),
            "scikit_image-0.25.2.dist-info/LICENSE.txt": (
                "LICENSE.scikit-image",
                "611d3207504dcb4a808df209d2e7c9b4f2e89fe690f84735c0d548160966b527",
            ),
        },
    ),
    Package(
        "matplotlib",
        "3.10.8",
        "matplotlib-3.10.8-*.whl",
        WHEEL,
        {
            "matplotlib/mpl-data/sample_data/grace_hopper.jpg": (
                "grace_hopper.jpg",
                "a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130",
            ),
            "matplotlib-3.10.8.dist-info/LICENSE": (
                "LICENSE.matplotlib",
                "dbb9ad7495a83b0f2f48c94b06e23020587d82f8d1492dcb717fb1ebc2f86c18",
            ),
        },
    ),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--downloads", type=Path, help="keep the packages here, and reuse those that are here")
    parser.add_argument("--out", type=Path, default=PORTRAITS, help="write the pictures here")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        downloads: Path = args.downloads or Path(scratch)
        downloads.mkdir(parents=True, exist_ok=True)
        for package in PACKAGES:
            if not list(downloads.glob(package.archive)):
                pip_download(package.name, package.version, downloads, *package.options)
            archive = sorted(downloads.glob(package.archive))[0]
            for member, (name, sha256) in package.members.items():
                data = read_member(archive, member, sha256)
                (args.out / name).write_bytes(data)
                print(f"{sha256}  {name}  {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
