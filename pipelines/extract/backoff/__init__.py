"""What two parties do to one another where no row of the event lexicon reads it: a small statistical second reader."""
