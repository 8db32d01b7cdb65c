"""Keys that the application makes."""

from nayu.kernel.tenancy import new_id


def test_keys_are_of_version_7_and_grow_in_the_order_they_are_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert {key.version for key in made} == {7}
    assert made == sorted(set(made))
