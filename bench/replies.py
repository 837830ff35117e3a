"""`python -m bench.replies`: a large corpus of mangled replies, and how many are right, go to a person, or are wrong.

`python -m bench.replies 5000 --seed 11` takes another size and other replies. Wrong must be 0.
"""

import argparse
import os
import subprocess
import sys
import time


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.replies", description=__doc__)
    asked.add_argument("count", nargs="?", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=11)
    said = asked.parse_args()
    env = dict(os.environ, OPENMASH_REPLIES=str(said.count), OPENMASH_SEED=str(said.seed))
    began = time.monotonic()
    test = "openmash/post/tests/test_corpus.py::test_no_reply_is_taken_wrongly_and_the_tidy_ones_are_taken"
    done = subprocess.run(["./mash", "test", "-q", "-s", test], env=env, check=False)
    print(f"{said.count / (time.monotonic() - began):.1f} replies a second, taken in, judged and taken back")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
