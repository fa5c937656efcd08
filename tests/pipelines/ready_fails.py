"""Whoever imports this dies, as for want of memory."""

import os

os._exit(1)
