"""The harness of paid work: any program that buys icons is killed, starved, raced and lied to, and its till is counted.

What runs in it is a *subject*, a command line that buys two icons from a server; the server is the *shop*, which keeps
the true list of charges. The real program has to come out of every trial without a violation. So that this means
something, five small programs in `loops/` that people would really write have to be found out, each for its own fault.
"""
