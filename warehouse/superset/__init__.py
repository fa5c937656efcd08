"""The dashboard for Apache Superset: a bundle in its import format, made from ``dashboard.toml`` and the declarations.

``bundle`` makes the files that stand beside it in ``databases``, ``datasets``, ``charts`` and ``dashboards``.
Superset itself lives in an environment of its own and is not imported here.
"""
