"""What is wrong with a plugin's declaration of personal data, in sentences."""

import inspect
from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from softlanding.contract.personal_data import PersonalData, PersonalFields, paths_of
from softlanding.contract.steps import Step
from softlanding.host.declarations import LONGEST_TIMEOUT


def personal_data_faults(declared: object, steps: Iterable[object]) -> Iterator[str]:
    """Yield all that is wrong with what `personal_data()` gave."""
    if not isinstance(declared, PersonalData):
        yield f"personal_data() gave {declared!r}, which is not PersonalData"
        return
    forms = {step.key: step.form for step in steps if isinstance(step, Step)}
    seen: set[str] = set()
    for fields in declared.answers:
        if not isinstance(fields, PersonalFields):
            yield f"personal_data() names {fields!r}, which is not PersonalFields"
            continue
        if fields.of in seen:
            yield f"personal data of {fields.of} is declared twice"
        seen.add(fields.of)
        yield from (f"personal data of {fields.of}: {one}" for one in _answers(fields, forms))
    for pair in (declared.export, declared.erase):
        if pair is not None and not inspect.iscoroutinefunction(pair):
            yield "personal_data(): export and erase must be async functions"
    if (declared.export is None) != (declared.erase is None):
        yield "personal_data(): what can be exported can be erased; declare both or neither"
    if not 0 < declared.timeout <= LONGEST_TIMEOUT:
        yield (
            "personal_data(): its timeout must be above 0 and at most"
            f" {LONGEST_TIMEOUT:.0f} seconds"
        )


def _answers(fields: PersonalFields, forms: Mapping[str, type[BaseModel] | None]) -> Iterator[str]:
    form = forms.get(fields.of)
    if form is None:
        yield "the plugin has no step of this key with a form"
        return
    known = paths_of(form)
    for path in (*fields.names, *fields.unnamed, *fields.others):
        if path not in known:
            yield f"its form {form.__name__} has no {path}"
