"""The exact integer form of a criteria set, from which the compiled record function and the columns are made.

A rule of the language becomes comparisons of whole numbers whose denominators are cleared, over slots that hold facts,
and three-valued logic over them. What has no such form stays a rule, to be evaluated by the reference.
"""
