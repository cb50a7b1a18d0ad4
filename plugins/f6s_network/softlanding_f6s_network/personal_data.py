"""Where the plugin keeps data of persons: travellers at the border, letters of invitation."""

from softlanding import PersonalData, PersonalFields

PERSONAL_DATA = PersonalData(
    answers=(
        PersonalFields(of="f6s_network.border", names=("travellers[].name",)),
        PersonalFields(of="f6s_network.visitor_activities", unnamed=("invitation_letter",)),
    ),
)
