"""Messages of Soft Landing by e-mail, over SMTP."""
