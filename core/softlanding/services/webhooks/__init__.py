"""Webhooks: websites are told of changes with the answer to an operation of their own."""
