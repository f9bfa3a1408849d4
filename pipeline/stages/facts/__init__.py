"""Facts: every figure tied to what it measures, for whom and when."""
