"""The loop that is right: it journals, reserves, asks when it does not know, and has to pass everything."""

from tests.torture.loops.paying import Loop

Loop().run()
