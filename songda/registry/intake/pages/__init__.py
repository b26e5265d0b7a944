"""Pages of the room: rosters of firms, rosters of officers."""
