"""The video pitch, and the plan of key figures over two years."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import Form, Line

KpiValue = Annotated[Decimal, Field(ge=-(10**12), le=10**12, max_digits=15, decimal_places=2)]
"""A figure of a plan; losses are negative."""

_VIDEO_URL = r"^https://[^\s\x00-\x1f/]+\.[^\s\x00-\x1f]+$"
VideoUrl = Annotated[str, StringConstraints(pattern=_VIDEO_URL, max_length=500)]


class PitchKpi(Form):
    """A key figure: where it stands now, and where it is to stand later."""

    name: Line = Field(description="What is measured, and its unit.")
    base: KpiValue | None = Field(default=None, description="The value today.")
    m6: KpiValue | None = Field(default=None, description="The value after 6 months.")
    m12: KpiValue | None = Field(default=None, description="The value after 12 months.")
    m24: KpiValue | None = Field(default=None, description="The value after 24 months.")

    @property
    def complete(self) -> bool:
        """All four values are there."""
        return None not in (self.base, self.m6, self.m12, self.m24)


class Pitch(
    Form,
    json_schema_extra={
        "examples": [
            {
                "video_url": "https://video.example.org/pitch",
                "seconds": 180,
                "kpis": [
                    {"name": "Customers", "base": "2", "m6": "5", "m12": "12", "m24": "40"},
                    {"name": "Staff", "base": "4", "m6": "5", "m12": "8", "m24": "15"},
                    {
                        "name": "Turnover, EUR a year",
                        "base": "60000",
                        "m6": "90000",
                        "m12": "250000",
                        "m24": "900000",
                    },
                ],
            }
        ]
    },
):
    """A pitch on video, and the plan of key figures."""

    video_url: VideoUrl = Field(description="Address of the video, https.")
    seconds: int = Field(ge=1, le=86_400, description="Length of the video in seconds.")
    kpis: list[PitchKpi] = Field(
        default_factory=list, max_length=50, description="Key figures, each with four values."
    )
