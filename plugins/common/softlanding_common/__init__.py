"""Onboarding steps that every stay of the network shares."""
