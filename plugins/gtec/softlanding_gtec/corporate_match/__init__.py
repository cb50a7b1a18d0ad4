"""Step `gtec.corporate_match`: corporates for a pilot, and secrecy where it is needed."""
