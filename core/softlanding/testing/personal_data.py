"""Whether a plugin says whose its personal answers are, for `softlanding.testing.conventions`."""

from collections.abc import Iterable, Iterator

from softlanding.contract.forms import PERSONAL
from softlanding.contract.personal_data import PersonalData, PersonalFields, retained_paths
from softlanding.contract.steps import Step


def personal_data_gaps(steps: Iterable[Step], declared: PersonalData) -> Iterator[str]:
    """Yield the personal answers of which nobody says whose they are."""
    by_step = {fields.of: fields for fields in declared.answers}
    for step in steps:
        fields = by_step.get(step.key, PersonalFields(of=step.key))
        for path, days in sorted(retained_paths(step.form).items()) if step.form else ():
            # What is kept longer is kept for another reason: for auditors, say.
            if days <= PERSONAL.days and not _is_told(path, fields):
                yield f"step {step.key}: personal_data() does not say whose {path} is"


def _is_told(path: str, fields: PersonalFields) -> bool:
    told = (*fields.names, *fields.unnamed, *fields.others)
    # Beside the name in an item of a list, or a list that is kept so as a whole.
    items = {name.rpartition(".")[0] for name in fields.names}
    return any(
        path == one or one.startswith((f"{path}[", f"{path}.")) or path.startswith(f"{one}[")
        for one in told
    ) or any(item.endswith("[]") and path.startswith(f"{item}.") for item in items)
