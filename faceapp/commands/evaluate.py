"""The command ``faceapp evaluate``: how well the embedder tells people apart on pairs of pictures."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from faceapp.config import Config
from faceapp.evaluation.run import LookProgress
from faceapp.jobs import Cancelled


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "pairs",
        nargs="+",
        type=Path,
        metavar="PAIRS",
        help="LFW's pairs.txt, a file with a line `path path 0|1` a pair, or folders that hold a folder a person",
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="where the paths of the pairs file start (default: its folder)"
    )
    parser.add_argument("--model", metavar="ID", help="the embedder, as `faceapp models` lists it (default: bundled)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write report.json, roc.csv, scores.csv, report.png and failures.png"
    )


def run(args: argparse.Namespace, config: Config) -> int:
    """Run the command; return its exit code. Needs no library. Raises ``FaceappError``."""
    from faceapp.bootstrap import open_pictures
    from faceapp.cli import DONE, PROBLEMS, emit, interruptible, say
    from faceapp.evaluation.pairs import read_pairs
    from faceapp.evaluation.report import as_dict, in_words, make_folder, write_report
    from faceapp.evaluation.run import evaluate

    pairs = read_pairs(args.pairs, args.root)
    if args.out is not None:
        make_folder(args.out)
    terminal = sys.stderr.isatty()
    try:
        with interruptible() as cancel, open_pictures(config, args.model) as (recognition, pictures):
            try:
                evaluation = evaluate(
                    pairs,
                    pictures,
                    recognition.model_id,
                    in_flight=config.worker_count + 1,  # one more than work, so that none waits for its next
                    cancel=cancel,
                    progress=_show if terminal else None,
                )
            finally:
                if terminal:
                    say("")
            written = [] if args.out is None else write_report(evaluation, args.out, pictures, cancel)
    except Cancelled:
        say("Stopped before the evaluation was complete.")
        return PROBLEMS
    for problem in evaluation.problems:
        say(f"{problem.path}: {problem.reason}")
    if args.json:
        emit(as_dict(evaluation))
    else:
        print("\n".join(in_words(evaluation)))
    for path in written:
        say(f"Written: {path}")
    return PROBLEMS if evaluation.problems else DONE


def _show(progress: LookProgress) -> None:
    rate = progress.done / progress.seconds if progress.seconds > 0 else 0.0
    left = f", about {(progress.total - progress.done) / rate:.0f} s left" if rate > 0 else ""
    print(
        f"\r\x1b[K{progress.done:,} of {progress.total:,} pictures, {rate:.1f} a second{left}",
        end="",
        file=sys.stderr,
        flush=True,
    )
