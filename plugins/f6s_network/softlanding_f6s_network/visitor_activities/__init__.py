"""Step `f6s_network.visitor_activities`: what travellers do, and whether a visitor may."""
