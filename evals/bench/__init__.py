"""Benches: what Sanad costs and how well it finds, side by side with stock LlamaIndex."""
