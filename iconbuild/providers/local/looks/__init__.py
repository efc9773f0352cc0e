"""One file a look: artwork in its place and a profile become a drawing. The registry says which looks there are."""
