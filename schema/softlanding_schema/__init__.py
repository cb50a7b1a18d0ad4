"""The GraphQL face and the server."""
