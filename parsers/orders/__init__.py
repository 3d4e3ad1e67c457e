"""Purchase orders as tables, the way purchasing tools write them."""
