"""Work: a Worklist becomes an Outcome; the schedule is pure, perform and execute act."""
