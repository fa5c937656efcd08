"""Superset's settings for one person on this machine: database and secret below SUPERSET_HOME, nothing sent anywhere."""

import os
from copy import deepcopy
from pathlib import Path

from superset.config import TALISMAN_CONFIG as _USUAL

_HOME = Path(os.environ["SUPERSET_HOME"])

SECRET_KEY = (_HOME / "secret").read_text()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_HOME / 'superset.db'}"
APP_NAME = "Communique in Superset"
# The published file is replaced by every run: an answer is kept for a minute only.
CACHE_CONFIG = {"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 60}
DATA_CACHE_CONFIG = CACHE_CONFIG
FILTER_STATE_CACHE_CONFIG = {"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 86400}
EXPLORE_FORM_DATA_CACHE_CONFIG = FILTER_STATE_CACHE_CONFIG
PREVENT_UNSAFE_DB_CONNECTIONS = True
FAB_ADD_SECURITY_API = False
# Served without TLS, on 127.0.0.1 alone.
SESSION_COOKIE_SECURE = False
# Superset's pages count their visitors with a picture from outside; ours ask nobody.
TALISMAN_CONFIG = deepcopy(_USUAL)
TALISMAN_CONFIG["content_security_policy"] |= {
    "img-src": ["'self'", "blob:", "data:"],
    "connect-src": ["'self'"],
}
