"""``{% load components %}``: the design system."""

from nayu.kernel.components import (
    actions,
    data,
    fields,
    icons,
    navigation,
    people,
    pictures,
    surfaces,
)
from nayu.kernel.components.library import register

#: Importing these registers their tags.
PARTS = (actions, data, fields, icons, navigation, people, pictures, surfaces)

__all__ = ["PARTS", "register"]
