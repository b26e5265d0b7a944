"""Watching 运行监控: what each request took, whether the house is ready, figures for Prometheus, the page of operations."""
