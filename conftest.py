pytest_plugins = ["tests.database", "tests.running"]
