"""Small programs that buy icons: what people write first, four ways to be careful and wrong, and one that is right.

Each is called with `subject=path` words in a project's folder and learns server, key, state folder and budget from the
environment. Exit codes: 0 done, 1 failed, 4 over budget, 7 disk, 9 a paid outcome is unknown.
"""
