"""How a form that was written is told."""

from __future__ import annotations

from ncriteria.facts.forms.form import Form, FormColumn
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import record


@frozen
class FormWritten:
    """What `form` makes: the file, what the form says of itself, and how many units it lists."""

    output: str
    form: Form
    units: int


record(FormColumn)
record(Form)
record(FormWritten, spread="form")
