"""The nouns: frozen values and protocols; standard library only, no input and no output."""
