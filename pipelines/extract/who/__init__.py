"""Parts of reading who a phrase names: words, the lexicon, the extent of a phrase, canonical names."""
