"""Receipts 签收: policy texts delivered on paper, on a visit or online, against a frozen population (POL-06)."""
