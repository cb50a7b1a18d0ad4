"""Where the plugin keeps data of persons: residents, the facilitator, means."""

from softlanding import PersonalData, PersonalFields

PERSONAL_DATA = PersonalData(
    answers=(
        PersonalFields(
            of="crosspring_lab.facilitator_terms",
            names=("facilitator.name",),
            unnamed=("facilitator.family_degree",),
        ),
        PersonalFields(of="crosspring_lab.permit_screen", unnamed=("means_for_stay",)),
        PersonalFields(of="crosspring_lab.registration", names=("persons[].name",)),
    ),
)
