"""Guides 操作指南 by industry and contact cards 联系卡 by measure (POL-11, POL-13)."""
