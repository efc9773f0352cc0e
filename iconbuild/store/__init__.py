"""Memory: what was made (cache), what each icon is (lock), and what a finished build looked like (snapshot)."""
