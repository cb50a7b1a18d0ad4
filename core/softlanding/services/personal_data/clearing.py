"""Taking a person out of a row that is not theirs: of a stay, a step, a record, a history."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from softlanding.domain.personal_data import ERASED, Naming, without_person
from softlanding.services.forgetting import without_persons
from softlanding.services.personal_data.fields import PersonalPlaces
from softlanding.services.personal_data.tables import TEXTS, TRAVELLERS, TRAVELLERS_RETAINED
from softlanding.storage.tables import Row


@dataclass(frozen=True)
class Clearing:
    """How rows are cleared of one person.

    `stays` are those in which they travel, or that their start-up has: what is told there of a
    person without a name may be theirs.
    """

    naming: Naming
    places: PersonalPlaces
    stays: Collection[UUID]
    today: date

    def cleared(self, table: str, row: Row) -> Row:
        """Return the columns of a row that name the person, without them."""
        after = {column: self._value(table, column, row) for column in TEXTS[table]}
        return {column: value for column, value in after.items() if value != row[column]}

    def _value(self, table: str, column: str, row: Row) -> Any:
        value = row[column]
        if table == "stays" and column == "travellers":
            return self._travellers(value)
        if table == "records":
            places = self.places.of_record(row["plugin"], row["kind"])
            unnamed = row["stay_id"] in self.stays
            return without_person(value, self.naming, places, unnamed=unnamed)
        if table == "onboarding_steps" and column == "answers":
            return self._answers(row)
        if (
            table == "onboarding_steps"
            and column == "verdict"
            and self._answers(row) != row["answers"]
        ):
            return self.naming.cleared(without_persons(value, self.today))
        return self.naming.cleared(value)

    def _travellers(self, travellers: list[Row]) -> list[Row]:
        left: list[Row] = without_person(
            travellers, self.naming, TRAVELLERS, retained=TRAVELLERS_RETAINED
        )
        # A traveller stays one, so that their number stays what the parties agreed on.
        return [
            one if "name" in one else {"nationalities": [], **one, "name": ERASED} for one in left
        ]

    def _answers(self, row: Row) -> Any:
        if row["answers"] is None:
            return None
        places, retained = self.places.of_step(row["key"])
        return without_person(
            row["answers"],
            self.naming,
            places,
            retained=retained,
            unnamed=row["stay_id"] in self.stays,
        )
