"""The Starlette app: endpoints, pure ASGI middleware, GraphiQL."""
