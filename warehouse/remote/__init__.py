"""Homes and inputs on object storage: a copy on this machine's disk, and moving what differs.

DuckDB and Parquet want files that can be renamed and locked, which object storage does not have; so work happens on
a local copy, and only finished states travel. ``addresses`` tells addresses from paths, ``stores`` speaks to the
storage, ``mirror`` keeps a home's two copies the same (``index`` is what it consists of, ``turns`` keeps machines
apart), ``copies`` says where the local copy lies and who works in it, ``inputs`` fetches files to be read, ``names``
keeps hostile names off the disk.
"""
