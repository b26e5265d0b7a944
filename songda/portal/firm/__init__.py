"""The firm's own pages 企业主页, and the officer's view of a firm."""
