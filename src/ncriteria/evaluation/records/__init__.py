"""One record judged: what is known of a unit in a year, its verdicts, and what they rest on and wait for."""
