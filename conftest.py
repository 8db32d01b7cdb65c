pytest_plugins = ["tests.announced", "tests.database", "tests.machines", "tests.running"]
