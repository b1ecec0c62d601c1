"""Draw the pictures of ``docs/screenshots``: every page, light and dark, in Chinese, large, with few and many photos.

    uv run python scripts/make_screenshots.py [--out docs/screenshots] [--only PATTERN]

An album of about forty photos is made of the portraits in ``tests/portraits`` and of drawn pictures, read by the real
program into a library of its own, and the real window is photographed, without a screen. A picture is called
``PAGE[-VARIANT]-SCHEME.webp``; the variants:

    zh             in Chinese
    150            at one and a half times the size
    0, 1, 40000    with so many photos; without a number there are about forty

``--only`` takes the pictures whose names fit: ``photos-*``, ``*-zh-light``. Chinese and Arabic need a font for them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run_again(arguments: list[str], environment: dict[str, str]) -> None:
    """Run this script again, in a process of its own."""
    subprocess.run([sys.executable, __file__, *arguments], env=environment, check=True)


def make_all(out: Path, only: str) -> None:
    from screenshots.libraries import Places
    from screenshots.sittings import SITTINGS, environment, pages_of

    wanted = [
        name
        for name, sitting in SITTINGS.items()
        if any(fnmatch(sitting.name(page, scheme), only) for page in pages_of(name) for scheme in sitting.schemes)
    ]
    if not wanted:
        raise SystemExit(f"No picture is called {only}.")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faceapp-", ignore_cleanup_errors=True) as work:
        places = Places(Path(work))
        print("the libraries", flush=True)
        large = ["--large"] if "40000" in wanted else []
        run_again(["--build", work, *large], environment(places))
        for name in wanted:
            print(f"{name}, after {time.monotonic() - begun:.0f} s", flush=True)
            run_again(["--sit", name, work, "--out", str(out), "--only", only], environment(places, SITTINGS[name]))
    size = sum(path.stat().st_size for path in out.glob("*.webp"))
    print(f"done after {time.monotonic() - begun:.0f} s; all pictures take {size / 1e6:.1f} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="pictures whose names look like this")
    parser.add_argument("--build", type=Path, metavar="WORK", help=argparse.SUPPRESS)
    parser.add_argument("--large", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--sit", nargs=2, metavar=("NAME", "WORK"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.build:
        from screenshots.libraries import Places, build

        build(Places(args.build), large=args.large)
    elif args.sit:
        from screenshots.libraries import Places
        from screenshots.sittings import sit

        print(f"  {sit(args.sit[0], Places(Path(args.sit[1])), args.out, args.only)} pictures")
    else:
        args.out.mkdir(parents=True, exist_ok=True)
        make_all(args.out.resolve(), args.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
