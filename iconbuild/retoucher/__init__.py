"""Pictures that exist already: found, paired with the files to make of them, and shared out among processes."""
