"""Who may do what with places."""

from nayu.kernel.permissions import permission

_KEEPERS = ("lao_administrator", "operator", "system")

CREATE_LAO = permission("places.create_lao", roles=("operator", "system"))
EQUIP_LAO = permission("places.equip_lao", roles=("operator", "system"))
KEEP_GEOGRAPHY = permission("places.keep_geography", roles=("system",))
# Villages are the same rows for every LAO, so no LAO's own staff may change them.
KEEP_VILLAGES = permission("places.keep_villages", roles=("operator", "system"))
KEEP_TERRITORY = permission("places.keep_territory", roles=_KEEPERS)
KEEP_PROFILE = permission("places.keep_profile", roles=_KEEPERS)
KEEP_FACILITIES = permission("places.keep_facilities", roles=("officer", *_KEEPERS))
KEEP_CONTACTS = permission("places.keep_contacts", roles=("officer", *_KEEPERS))
KEEP_HOURS = permission("places.keep_hours", roles=_KEEPERS)
FURNISH_DEMO = permission("places.furnish_demo", roles=("system",))
