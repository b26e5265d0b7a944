"""The programs' door 程序接口 `/api/v1`, assembled from the rooms' `api.py`."""
