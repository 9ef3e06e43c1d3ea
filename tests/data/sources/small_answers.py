"""A small answer of each source, in the shape that its publisher gives, and what it says of Havering or a trust."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from boardpacks.params.refreshing import Refresh

FILE = "https://publisher.example/file"
AREAS = {
    "E92000001": "England",
    "E12000007": "London",
    "E09000016": "Havering",
    "R1H": "Barts Health",
    "RF4": "BHRUT",
    "E54000029": "North East London",
}


@dataclass(frozen=True)
class SmallAnswer:
    """``figures`` are area, period, value, count and denominator; ``column`` is one that is needed."""

    content: bytes
    column: str
    asking: dict[str, Any]
    figures: tuple[tuple[str, str, float | None, float | None, float | None], ...]

    def refresh(self, **changes: Any) -> Refresh:
        return Refresh.model_validate(self.asking | changes)


def _text(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


_FINGERTIPS = "Indicator ID,Area Code,Sex,Age,Category Type,Category,Time period,Value"
FINGERTIPS = SmallAnswer(
    _text(
        f"{_FINGERTIPS},Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note",
        "90001,E92000001,Persons,All ages,,,2022/23,50,49.9,50.1,5000,10000,",
        "90001,E09000016,Persons,All ages,,,2022/23,51.25,49.5,53,410,800,",
    ),
    "Denominator",
    {"source": "fingertips", "series": "90001", "area_types": (502,)},
    (("E92000001", "2022/23", 50, 5000, 10000), ("E09000016", "2022/23", 51.25, 410, 800)),
)
ELS = SmallAnswer(
    b"\xef\xbb\xbf"
    + _text("areacd,areanm,period,value,lci_95,uci_95", "E09000016,Havering,2022-01-01/P3Y,12.5,11,14"),
    "period",
    {"source": "ons-els", "series": "rowers"},
    (("E09000016", "2022 - 24", 12.5, None, None),),
)
_KINDS = ("Type 1", "Type 2", "Other {}", *(f"Booked Appointments {kind}" for kind in ("Type 1", "Type 2")))
_AE = [
    *(f"A&E attendances {kind.format('A&E Department')}" for kind in _KINDS),
    "A&E attendances Booked Appointments Other Department",
    *(f"Attendances over 4hrs {kind.format('Department')}" for kind in _KINDS),
    "Attendances over 4hrs Booked Appointments Other Department",
]
AE = SmallAnswer(
    _text(
        f"Period,Org Code,{','.join(_AE)},,,a",
        f"MSitAE-MARCH-2026,R1H,800,100,100{',0' * 3},200,40,10{',0' * 3},,,",
        f"TOTAL,TOTAL,8000,1000,1000{',0' * 3},2000,400,100{',0' * 3},,,",
    ),
    "Attendances over 4hrs Type 1",
    {"source": "nhse-ae", "series": "four_hour", "files": (FILE,)},
    (("R1H", "2026-03", 75, 750, 1000), ("E92000001", "2026-03", 75, 7500, 10000)),
)
_BANDS = [f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(104)] + ["Gt 104 Weeks SUM 1"]


def rtt_row(provider: str, within: int, over: int, *, specialty: str = "C_999", part: str = "Part_2") -> str:
    bands = ["", str(within), *[""] * 50, str(over), *[""] * 51, "1"]
    total = within + over + 1
    return f"RTT-January-2026,{provider},{part},{specialty},{','.join(bands)},{total},,{total}"


RTT_HEADER = (
    "Period,Provider Org Code,RTT Part Type,Treatment Function Code,"
    f"{','.join(_BANDS)},Total,Patients with unknown clock start date,Total All"
)
RTT = SmallAnswer(
    _text(
        RTT_HEADER,
        rtt_row("R1H", 60, 9),
        rtt_row("R1H", 15, 15),
        rtt_row("R1H", 15, 15, specialty="C_100"),
        rtt_row("R1H", 900, 0, part="Part_1A"),
    ),
    "Gt 00 To 01 Weeks SUM 1",
    {"source": "nhse-rtt", "series": "within_18_weeks", "files": (FILE,)},
    (("R1H", "2026-01", 100 * 75 / 101, 75, 101),),
)
MHSDS_HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,"
    "SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE"
)


def mhsds_row(level: str, code: str, measure: str, value: str, first: str = "01/07/2024") -> str:
    return f"{first},30/09/2024,Performance,{level},{code},name,NONE,NONE,{measure},a measure,{value}"


MHSDS = SmallAnswer(
    _text(
        MHSDS_HEADER,
        *(
            mhsds_row("England", "England", measure, value)
            for measure, value in (("M1", "2000"), ("M1a", "500"), ("M1b", "25"))
        ),
        mhsds_row("Provider", "RF4", "M1b", "*"),
        mhsds_row("Provider", "RF4", "M1", "40"),
        mhsds_row("ICB of GP Practice or Residence", "QMF", "M1b", "20"),
        mhsds_row("Provider", "RF4", "M2", "7", "01/09/2024"),
    ),
    "MEASURE_VALUE",
    {
        "source": "nhse-mhsds",
        "series": "M1b",
        "count": "M1a",
        "denominator": "M1",
        "codes": {"QMF": "E54000029"},
        "files": (FILE,),
    },
    (
        ("E92000001", "Jul to Sep 2024", 25, 500, 2000),
        ("RF4", "Jul to Sep 2024", None, None, 40),
        ("E54000029", "Jul to Sep 2024", 20, None, None),
    ),
)
SICKNESS = SmallAnswer(
    b"\xef\xbb\xbf"
    + _text(
        "DATE,ORG_CODE,ORG_NAME,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT",
        '31/03/2025,RF4,"Barking, Havering",50.5,1000,5.05',
        "31/03/2025,X24,NHS England,10,1000,1",
    ),
    "FTE_DAYS_AVAILABLE",
    {"source": "nhse-sickness", "series": "rate", "files": (FILE,)},
    (("RF4", "2025-03", 5.05, 50.5, 1000),),
)
COVER = SmallAnswer(
    _text(
        '"Table 7. Coverage in England by upper tier local authority (UTLA) October to December 2024",,,,',
        "[x] data excluded due to data quality issues.,,,,",
        "Code,Local authority,Notes,Number of children,Coverage MMR2 (%)",
        "E92000001,[z],[z],[x],[x]",
        ",London,[z],9000,81",
        "E09000016,Havering,[note 3],921,78.2",
    ),
    "Code",
    {
        "source": "ukhsa-cover",
        "series": "Coverage MMR2 (%)",
        "denominator": "Number of children",
        "files": (FILE,),
    },
    (("E92000001", "2024/25 Q3", None, None, None), ("E09000016", "2024/25 Q3", 78.2, None, 921)),
)
DFE = SmallAnswer(
    b"\xef\xbb\xbf"
    + _text(
        "time_period,time_identifier,geographic_level,country_code,region_code,new_la_code,phase,late,pupils,rate",
        "202425,Academic year,National,E92000001,,,Total,100,1000,10",
        "202425,Academic year,Regional,E92000001,E12000007,,Total,c,200,low",
        "202425,Academic year,Local authority,E92000001,E12000007,E09000016,Total,9,90,10",
        "202425,Academic year,Local authority,E92000001,E12000007,E09000016,Special,z,z,z",
        "202425,Academic year,School,E92000001,E12000007,E09000016,Total,1,2,50",
    ),
    "new_la_code",
    {
        "source": "dfe-ees",
        "series": "rate",
        "dataset": "5a1c",
        "count": "late",
        "denominator": "pupils",
        "where": {"phase": "Total"},
    },
    (
        ("E92000001", "2024/25", 10, 100, 1000),
        ("E12000007", "2024/25", None, None, 200),
        ("E09000016", "2024/25", 10, 9, 90),
    ),
)
NOMIS = SmallAnswer(
    _text(
        '"DATE_NAME","GEOGRAPHY_NAME","GEOGRAPHY_CODE","OBS_VALUE","OBS_STATUS","OBS_STATUS_NAME"',
        '"Jan 2024-Dec 2024","Havering","E09000016",74.5,"A","Normal Value"',
        '"Jan 2024-Dec 2024","London","E12000007",,"Q","These figures are missing."',
    ),
    "OBS_VALUE",
    {
        "source": "nomis",
        "series": "NM_17_5",
        "where": {"geography": "E09000016,E12000007", "variable": "45", "measures": "20599"},
    },
    (("E09000016", "2024", 74.5, None, None), ("E12000007", "2024", None, None, None)),
)
NEXT = SmallAnswer(
    b'{"name": "Falls", "areaHealthData": [{"areaCode": "E12000007", "areaName": "London Region",'
    b' "indicatorSegments": [{"age": {"value": "All ages", "isAggregate": true},'
    b' "sex": {"value": "Persons", "isAggregate": true}, "healthData": ['
    b'{"datePeriod": {"type": "Financial", "from": "2023-04-01", "to": "2024-03-31"}, "count": 5, "value": 12.5,'
    b' "lowerCi": 12, "upperCi": 13, "trend": "Not yet calculated",'
    b' "deprivation": {"value": "Persons", "isAggregate": true}},'
    b'{"datePeriod": {"type": "Financial", "from": "2023-04-01", "to": "2024-03-31"}, "value": 99,'
    b' "deprivation": {"value": "Most deprived", "isAggregate": false}}]}]}]}',
    "healthData",
    {"source": "fingertips-next", "series": "41101", "files": (FILE,)},
    (("E12000007", "2023/24", 12.5, 5, None),),
)


def workbook(
    *, header: str = "WITHIN 62 DAYS", month: object = "Sep-25", sheet: str = "62-DAY (ALL CANCER)"
) -> bytes:
    book = Workbook()
    book.active.title = "28-DAY FDS (ALL ROUTES)"
    page = book.create_sheet(sheet)
    columns = ["ODS CODE (1)", "ACCOUNTABLE PROVIDER", "REFERRAL ROUTE", "CANCER TYPE", "TOTAL", header]
    rows: list[list[object]] = [
        ["TWO MONTH (62-DAY) WAIT"],
        [month],
        *[[]] * 4,
        ["PART A: ALL ROUTES"],
        [None, *columns, "WITHIN 31 DAYS"],
        [None, "RF4", "BARKING", "ALL ROUTES", "ALL CANCERS", 60, 52.5, 24],
        [None, "R1H", "BARTS", "ALL ROUTES", "ALL CANCERS", 2, "-", "-"],
        [None, None, "ALL ENGLISH PROVIDERS", "ALL ROUTES", "ALL CANCERS", 1000, 700.5, 24],
        ["PART B: URGENT"],
        [None, *columns, "WITHIN 31 DAYS"],
        [None, "RF4", "BARKING", "Urgent Suspected Cancer", "ALL CANCERS", 9, 1, 0],
        [None, "RF4", "BARKING", "ALL ROUTES", "Lung", 3, 1, 0],
    ]
    for row in rows:
        page.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


CANCER = SmallAnswer(
    workbook(),
    "",
    {"source": "nhse-cancer", "series": "62-day", "files": (FILE,)},
    (
        ("RF4", "2025-09", 87.5, 52.5, 60),
        ("R1H", "2025-09", None, None, 2),
        ("E92000001", "2025-09", 70.05, 700.5, 1000),
    ),
)
ALL = {
    "fingertips": FINGERTIPS,
    "fingertips-next": NEXT,
    "ons-els": ELS,
    "nhse-ae": AE,
    "nhse-rtt": RTT,
    "nhse-cancer": CANCER,
    "nhse-mhsds": MHSDS,
    "nhse-sickness": SICKNESS,
    "ukhsa-cover": COVER,
    "dfe-ees": DFE,
    "nomis": NOMIS,
}
