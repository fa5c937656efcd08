"""The page for looking at events and their evidence: a small web server over the published file.

HTML is made here on the server and works without scripts. Only reading happens: nothing in this package writes to a
home, and nothing knows how events are read out of texts.
"""
