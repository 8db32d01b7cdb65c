from nayu.kernel.permissions import permission

MOVE_SHELVES = permission("room.move_shelves", roles=("clerk",))
