"""A partner's public pages, built as plain files from Soft Landing's GraphQL API."""
