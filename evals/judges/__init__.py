"""Who says whether quotes support a statement: the built-in checker, or an LLM; and how far it can be trusted."""
