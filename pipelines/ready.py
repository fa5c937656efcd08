"""Make this process ready to clean and to extract: whoever imports this has all that a first document would wait for.

Only workers and the process that they are forked from import it; it takes seconds, and Ctrl-C passes it by.
"""

from __future__ import annotations

import signal

from pipelines.clean.stage import warm_up as ready_to_clean
from pipelines.collector import collect_seldom, keep_what_is_there
from pipelines.extract.stage import warm_up as ready_to_extract

# Ctrl-C reaches the whole process group; the parent ends its workers, which should print no tracebacks.
signal.signal(signal.SIGINT, signal.SIG_IGN)
collect_seldom()
ready_to_clean()
ready_to_extract()
keep_what_is_there()
