"""Where the plugin keeps data of persons: dwellings, contacts, mentors."""

from softlanding import PersonalData, PersonalFields

PERSONAL_DATA = PersonalData(
    answers=(
        PersonalFields(of="gtec.address", unnamed=("move_in", "move_out", "usual_residence")),
        PersonalFields(of="gtec.corporate_match", names=("corporates[].contact",)),
        PersonalFields(of="gtec.founder_school", names=("mentor",)),
    ),
)
