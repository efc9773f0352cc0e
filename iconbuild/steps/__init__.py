"""Post-processing steps, one a file: a picture in, a picture of the same size out."""
