pytest_plugins = ["tests.database", "tests.machines"]
