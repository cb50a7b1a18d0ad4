"""Step `common.report`: what the figures of the outcome report rest on, confirmed by the host.

The outcome report of the core (`submitReport`) declares the figures, and closes the stay. This
step asks for none of them: it holds the meetings, mentor sessions and absences they come from,
and its verdict tells the sums, ready to be declared.
"""
