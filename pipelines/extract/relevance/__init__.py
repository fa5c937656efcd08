"""Is a sentence of politics at all, judged by its words and its article's before anything dearer is done to it."""
