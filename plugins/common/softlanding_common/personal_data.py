"""Where the plugin keeps data of persons: travellers, their papers, the mentor."""

from softlanding import PersonalData, PersonalFields

PERSONAL_DATA = PersonalData(
    answers=(
        PersonalFields(of="common.a1", names=("certificates[].name",)),
        PersonalFields(of="common.health_cover", names=("covers[].name",)),
        PersonalFields(of="common.mentor", names=("mentor",)),
        PersonalFields(of="common.mobility_9090", names=("travellers[].name",)),
        PersonalFields(of="common.travellers", names=("travellers[].name",)),
    ),
)
