"""Who may do what with places."""

from nayu.kernel.permissions import permission

CREATE_LAO = permission("places.create_lao", roles=("operator", "system"))
