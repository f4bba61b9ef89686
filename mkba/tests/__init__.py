"""The tests. What has to be set before the first test module imports anything stands here."""

import os
import sys

# small matrices only: with a worker per core, the threads of the linear algebra library wait for each other by spinning
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# without bytecode every worker and every kernel compiles all of mkba again
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
