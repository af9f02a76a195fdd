"""The verdicts of a set in one world, in which all is known, written again and independently of the library."""

from __future__ import annotations

from ncriteria.language.queries import earlier_terms
from ncriteria.language.tree import is_verdict, path_of_verdict
from ncriteria.sets.model import Combination, Group, Verdict
from tests.evaluation.completions import World


class Judge:
    """The verdicts of a set in one world, in which clauses that are not encoded come out as `decided` says.

    `facts` are by name and calendar year, `parameters` by name. A verdict of another year is that of the same set.
    Judged are the paths that are `asked`, or all.
    """

    def __init__(self, criteria, facts, decided, year, parameters=None, *, asked=None):
        self.members = {member.path: member for member in criteria.members()}
        self.decided, self.facts, self.year = decided, facts, year
        met = _Lazily({}, lambda path: self.verdict(path) is not Verdict.NOT_MET)
        known = _Lazily(facts, lambda key: self._in_year(criteria, *key))
        self.world = World(year, known, parameters=parameters, met=met)
        self.found = {}
        for path in self.members if asked is None else asked:
            self.verdict(path)

    def verdict(self, path):
        if path not in self.found:
            self.found[path] = self._verdict(self.members[path])
        return self.found[path]

    def holds(self, expr):
        return self.world.value(expr)

    def _in_year(self, criteria, name, year):
        """Whether what `name` stands for was met in another year."""
        assert is_verdict(name), name
        path = path_of_verdict(name)
        judge = Judge(criteria, self.facts, self.decided, year, self.world.parameters, asked=[path])
        return judge.verdict(path) is not Verdict.NOT_MET

    def _verdict(self, member):
        if member.applies_when is not None and not self.holds(member.applies_when):
            return Verdict.NOT_APPLICABLE
        if isinstance(member, Group):
            return self._of_group(member)
        if member.rule is None:
            holds = self.decided[member.path]
        elif member.zero_base is not None and all(self.holds(term) == 0 for term in earlier_terms(member.rule)):
            holds = self.holds(member.zero_base)
        else:
            holds = self.holds(member.rule)
        return Verdict.MET if holds else Verdict.NOT_MET

    def _of_group(self, group):
        verdicts = [self.verdict(member.path) for member in group.members]
        applying = [verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE]
        if not applying:
            return Verdict.NOT_APPLICABLE
        met = applying.count(Verdict.MET)
        match group.combination:
            case Combination.ALL:
                holds = met == len(applying)
            case Combination.ANY:
                holds = met >= 1
            case Combination.AT_LEAST:
                passed_over = len(verdicts) - len(applying) if group.counts_not_applicable else 0
                holds = met + passed_over >= group.minimum
        return Verdict.MET if holds else Verdict.NOT_MET


class _Lazily(dict):
    def __init__(self, known, compute):
        super().__init__(known)
        self.compute = compute

    def __missing__(self, key):
        return self.compute(key)
