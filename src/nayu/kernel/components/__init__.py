"""
The pieces that every page is made of, as template tags: ``{% load components %}``.

A tag names its parameters, so a misspelt one fails when the template is compiled, and a value that
the design does not know fails when it is drawn (:class:`~.library.WrongComponent`).
"""
