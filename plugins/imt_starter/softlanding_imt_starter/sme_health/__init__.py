"""Step `imt_starter.sme_health`: the SME class, and that the undertaking is not in difficulty."""
