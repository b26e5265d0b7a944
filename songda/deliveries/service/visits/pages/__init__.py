"""Pages of visits, of the firm's bookings, of plans, production, markets and coverage."""
