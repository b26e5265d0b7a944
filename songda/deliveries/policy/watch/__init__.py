"""Watch 跟踪: new superior policies from arrival to digest to push, and what is sought from above (POL-09, POL-35)."""
