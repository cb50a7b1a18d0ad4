"""Messages of Soft Landing in the Slack of an incubator."""
