"""Civil registry, population, residence and insurance, reached by signed messages."""
