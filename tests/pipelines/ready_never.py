"""A worker that imports this is never ready."""

import time

time.sleep(600)
