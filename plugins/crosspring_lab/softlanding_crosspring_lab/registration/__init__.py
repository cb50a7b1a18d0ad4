"""Step `crosspring_lab.registration`: residents register (BRP), others may ask for a BSN (RNI)."""
