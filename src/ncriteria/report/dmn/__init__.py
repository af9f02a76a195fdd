"""Criteria sets as models of OMG's DMN, whose expressions are FEEL, for those who work with the tools of DMN."""
