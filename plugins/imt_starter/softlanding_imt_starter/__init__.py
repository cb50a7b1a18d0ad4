"""The onboarding steps of IMT Starter: public money, campus research, campus pass."""
