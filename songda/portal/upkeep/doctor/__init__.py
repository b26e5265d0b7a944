"""The examination 体检: is this installation whole, and will it be tomorrow. Each look gives one finding; looks change nothing."""
