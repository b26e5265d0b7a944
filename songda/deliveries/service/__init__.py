"""送服务 Deliver service: demands, visits, helping."""
