"""The clean stage: a scraped record in, an article's text with its title, day and language out."""
