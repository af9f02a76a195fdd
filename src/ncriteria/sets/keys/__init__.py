"""What may stand in a criteria file, key by key, as data: readers go by it, schemas and editors are made of it."""
