pytest_plugins = ["tests.announced", "tests.database", "tests.running"]
