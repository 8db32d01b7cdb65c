"""Pages of the benchmark in the real stack, over the tables of the tests' tiny room."""
