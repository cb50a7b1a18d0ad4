"""Where the plugin keeps data of persons: badges, visitors of labs, owners, researchers."""

from softlanding import PersonalData, PersonalFields

PERSONAL_DATA = PersonalData(
    answers=(
        PersonalFields(of="imt_starter.campus_pass", names=("persons[]",)),
        PersonalFields(
            of="imt_starter.follow_up_funding", unnamed=("founder_nationalities", "founder_means")
        ),
        PersonalFields(of="imt_starter.lab_access", names=("travellers[].name",)),
        PersonalFields(of="imt_starter.research_match", others=("contacts[].orcid",)),
        PersonalFields(of="imt_starter.sme_health", names=("owners[].name",)),
    ),
)
