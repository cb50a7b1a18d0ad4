"""The step `f6s_network.visitor_activities`."""

from softlanding import Party, Severity, Step
from softlanding_f6s_network.house import BORDER, HOST_IN_UK, VISITOR_ACTIVITIES
from softlanding_f6s_network.texts import told
from softlanding_f6s_network.visitor_activities.check import check_visitor_activities
from softlanding_f6s_network.visitor_activities.form import VisitorActivities

VISITOR_ACTIVITIES_STEP = Step(
    key=VISITOR_ACTIVITIES,
    title=told("What you may do"),
    help=told(
        "List what is planned, who pays for it and how many hours it takes. A visitor may meet,"
        " negotiate, talk, visit and learn, and may work remotely for the own company if that is"
        " not the main purpose; a visitor may not work for anybody in the United Kingdom. The host"
        " adds the text of its invitation and signs."
    ),
    filled_by=frozenset({Party.STARTUP, Party.HOST}),
    signed_by=(Party.HOST,),
    applies=HOST_IN_UK,
    due=-21,
    reads=(BORDER,),
    severity=Severity.BLOCK,
    form=VisitorActivities,
    check=check_visitor_activities,
    rule_set=VISITOR_ACTIVITIES,
)
