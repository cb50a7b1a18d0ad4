"""Where the plugin keeps data of persons: the founder who stays."""

from softlanding import PersonalData, PersonalFields

PERSONAL_DATA = PersonalData(
    answers=(
        PersonalFields(
            of="startup_division.founder_route",
            unnamed=("nationalities", "means_per_month", "insurance"),
        ),
    ),
)
