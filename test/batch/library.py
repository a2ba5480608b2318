"""Builds the library of the test, for run.py and speed.py.  Whoever imports this can also import servers of test/."""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "test"))


def build(folder):
    """Links the test with the objects of the extension, as a library of its own.  TEST_FLAGS has more flags."""
    def config(what):
        return subprocess.run([os.environ.get("PG_CONFIG", "pg_config"), what], capture_output=True, text=True,
                              check=True).stdout.strip()
    library = pathlib.Path(folder) / "batch_test.so"
    objects = sorted(str(o) for o in (ROOT / "extension").rglob("*.o") if o.with_suffix(".c").exists())
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden",
                    *os.environ.get("TEST_FLAGS", "").split(), "-isystem", config("--includedir-server"),
                    "-I", str(ROOT / "extension"),
                    *(str(c) for c in sorted(HERE.glob("*.c"))), *objects, "-lm", "-o", str(library)], check=True)
    library.chmod(0o755)
    return library
