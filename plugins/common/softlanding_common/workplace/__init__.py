"""Step `common.workplace`: desk, badge, safety, house rules, secrecy."""
