"""Facts 事实 (SUP-08): the catalogue, dated sourced values, snapshots."""
