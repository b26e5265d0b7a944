"""Places 位置: roads, sites, checkpoints, parcels, markets, zones, by coordinates; nearest, containing, within; the tile map."""
