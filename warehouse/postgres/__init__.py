"""The PostgreSQL door: the published tables, loaded into a PostgreSQL database and switched in at once.

``publish`` tells the story and ``fill`` its longest part. ``address`` is where to and what must never be told, ``faults``
what went wrong, ``schemas`` the schemas on the server, ``tables`` their statements, ``load`` the rows, ``texts`` what
PostgreSQL cannot hold, ``access`` who may read, ``stamp`` what was published.
"""
