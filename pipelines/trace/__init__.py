"""The way back: from a sentence of a cleaned body to the characters and bytes of the file that it came from.

Reads; changes nothing. Nothing of the stages depends on it.
"""
