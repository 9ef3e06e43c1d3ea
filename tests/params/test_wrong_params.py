"""Wrong params, one fault at a time: each says file and line, key, what was found, what is allowed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError
from tests.params.conftest import FILES, WriteParams


@dataclass(frozen=True)
class Case:
    """A change to one file of the small params folder, and what the error must say.

    Parameters
    ----------
    name
        What is wrong.
    file
        File that is changed.
    old, new
        Text to replace; an empty ``old`` gives the file ``new`` as its whole content, None leaves it out.
    line
        Line of the fault, or 0 for the file as a whole.
    key
        The problem's key.
    found, allowed, hint
        Parts of the problem's other fields.
    """

    name: str
    file: str
    old: str
    new: str | bytes | None
    line: int
    key: str
    found: str
    allowed: str
    hint: str = ""


ALSTON, BROUGH, WORK, WELL = (
    "places/alston.yml",
    "places/brough.yml",
    "priorities/work.yml",
    "priorities/wellbeing.yml",
)
SYSTEM, CHAPTERS, MOOD, JOBS = "system.yml", "chapters.yml", "indicators/mood.yml", "indicators/jobs.yml"
MEET = "meetings/alston.yml"
NOTIFY, UNEQUAL = "notify.yml", "inequalities.yml"
TOGETHER = "collaboratives.yml"
THEMES, FOUNDATIONS, BASELINES = "themes.yml", "foundations.yml", "baselines.yml"

THEME = """\
- id: fairness
  name: Fairness
  means: Gaps get smaller.
  indicators: [happiness]
"""

FIGURES = """\
document:
  name: A strategy
  publisher: A partnership
  period: 2022/23
  licence: Quoted
figures:
  - id: residents
    what: Residents
    value: 2000000
    unit: people
    printed: over 2 million
    chapter: place_profile
"""

EMAIL = """\
email:
  host: smtp.example.org
  from: packs@example.org
  to: [a@example.org]
"""

GAPS = """\
population: employment_rate
measures:
  - indicator: happiness
    reason: It sums up much.
  - indicator: anxiety
    reason: It weighs on people.
    chart: bars
groups:
  - id: mood
    name: Mood
    first: {name: Glad, indicator: happiness}
    second: {name: Afraid, indicator: anxiety}
not_published: Nothing else is known.
"""

HOSPITALS = """\
- id: hospitals
  name: hospital
  about: Hospitals plan together.
  trusts: [RAA]
  priorities:
    - id: access
      title: Access
      indicators: [employment_rate]
  pathways:
    - id: maternity
      title: Maternity
      gap: Nobody measures it.
"""

CASES = [
    # What YAML itself refuses.
    Case("open bracket", ALSTON, "", "id: [alston\n", 2, "", "expected", "YAML"),
    Case("colon in plain text", ALSTON, "name: Alston\n", "name: Alston: north\n", 2, "",
         "'name: Alston: north' (mapping values are not allowed", "YAML", "double quotes"),
    Case("plain text that begins with %", JOBS, 'unit: "%"', "unit: %", 4, "", "'unit: %'", "YAML",
         "double quotes"),
    Case("tab", ALSTON, "  - code", "\t- code", 4, "", "a tab", "spaces", "two spaces"),
    Case("not UTF-8", ALSTON, "", "id: alston\nname: Alst\u00f6n\n".encode("latin-1"), 2, "",
         "0xf6, which is not UTF-8", "UTF-8", "save the file"),
    Case("control character", ALSTON, "name: Alston\n", "name: Al\x07ston\n", 2, "", "control character",
         "text"),
    Case("emoji", ALSTON, "name: Alston\n", "name: Alston \U0001f600\n", 2, "name", "Alston",
         "no font of the packs has \U0001f600 (U+1F600, grinning face)"),
    Case("sign that turns words round", MEET, "board: Alston Board", "board: \"Alston \\u202eBoard\"", 2, "board",
         "control character U+202E", "text without control characters", "type the text again"),
    Case("name over two lines", ALSTON, "name: Alston\n", 'name: "Alston\\nBcc: x@example.org"\n', 2, "name",
         "several lines", "text on one line"),
    Case("two documents", ALSTON, "name: Alston\n", "---\nname: Alston\n", 2, "", "second document",
         "one document"),
    Case("empty file", ALSTON, "", "# nothing yet\n", 1, "", "an empty file", "keys"),
    Case("alias", ALSTON, "group: Fells\nemphasis:\n  - Many residents are older.",
         "group: &g Fells\nemphasis:\n  - *g", 8, "emphasis[0]", "an alias (*) of the value on line 7",
         "written out"),
    Case("tag", ALSTON, "name: Alston\n", "name: !!python/name:os.system x\n", 2, "name", "the tag",
         "without a tag"),
    Case("endless nesting", ALSTON, "", "[" * 600, 1, "", "cannot read", "YAML"),
    Case("duplicate key", ALSTON, "name: Alston\n", "name: Alston\nname: Brough\n", 3, "name",
         "for the second time (first on line 2)", "each key once"),
    Case("duplicate key further in", ALSTON, "    name: Alston\n",
         "    name: Alston\n    code: E06000003\n", 6, "boroughs[0].code", "first on line 4",
         "each key once"),
    Case("list as a key", ALSTON, "name: Alston\n", "? [a, b]\n: Alston\n", 2, "", "a key that is itself",
         "a word"),
    Case("list at the top", ALSTON, "", "- alston\n", 1, "", "a list of 1", "keys and values"),
    Case("plain text at the top", WORK, "", "work\n", 1, "", "'work' (text)", "keys and values"),
    Case("indicators as a list", JOBS, "", "- employment_rate\n", 1, "", "a list of 1", "keys and values"),
    Case("chapters as a mapping", CHAPTERS, "", "notebook: a\n", 1, "", "keys and values",
         "a list of chapters"),
    # Files.
    Case("no system file", SYSTEM, "", None, 0, "", "no such file", "every project needs it"),
    Case("no chapters file", CHAPTERS, "", None, 0, "", "no such file", "every project needs it"),
    Case("other ending", "places/carlisle.yaml", "", "id: carlisle\n", 0, "", ".yaml", ".yml",
         "rename it to carlisle.yml"),
    Case("file that nothing reads", "chapter.yml", "", "[]\n", 0, "", "nothing reads", "chapters.yml",
         "'chapters'"),
    Case("folder that nothing reads", "place/carlisle.yml", "", "[]\n", 0, "", "nothing reads", "places/",
         "'places'"),
    Case("file name is not the place", ALSTON, "id: alston", "id: alstone", 1, "id", "'alstone'",
         "alston, as the file is called", "rename"),
    Case("file name is not the priority", WORK, "id: work", "id: jobs", 1, "id", "'jobs'",
         "work, as the file is called"),
    Case("file name is not the calendar's place", MEET, "place: alston", "place: brough", 1, "place",
         "'brough'", "alston, as the file is called"),
    Case("calendar without a place", "meetings/alstone.yml", "",
         FILES[MEET].replace("place: alston", "place: alstone"), 0, "", "which is no place",
         "alston, brough, system", "'alston'"),
    Case("place without a calendar", "meetings/brough.yml", "", None, 0, "", "no such file",
         "a calendar of meetings for brough"),
    Case("system without a calendar", "meetings/system.yml", "", None, 0, "", "no such file",
         "a calendar of meetings for system"),
    # Keys.
    Case("misspelt key", ALSTON, "boroughs:", "borroughs:", 3, "borroughs", "an unknown key",
         "id, name, boroughs, trust, group, emphasis", "'boroughs'"),
    Case("misspelt key further in", MEET, "    draft:", "    darft:", 7, "meetings[1].darft",
         "an unknown key", "date, starts, ends, venue, moved_from, draft, front_sheet", "'draft'"),
    Case("misspelt indicator key", MOOD, "fingertips_id", "fingertip_id", 23, "anxiety.fingertip_id",
         "an unknown key", "fingertips_id", "'fingertips_id'"),
    Case("missing key", ALSTON, "name: Alston\nboroughs", "boroughs", 1, "name", "nothing", "this key is needed"),
    Case("missing key further in", ALSTON, "    name: Alston\n", "", 4, "boroughs[0].name", "nothing",
         "this key is needed"),
    Case("id written in an indicator", JOBS, "  decimals: 1", "  id: employment_rate\n  decimals: 1", 5,
         "employment_rate.id", "'employment_rate'", "the key above"),
    # Values of the wrong type.
    Case("no value", ALSTON, "name: Alston\nb", "name:\nb", 2, "name", "no value", "text",
         "after the colon"),
    Case("number as a name", ALSTON, "name: Alston\nb", "name: 12\nb", 2, "name", "12 (a number)", "text",
         '"12"'),
    Case("version without quotes", MEET, '"0.2"', "1.10", 7, "meetings[1].draft", "1.10 (a number)",
         "text", 'put it in quotes: "1.10"'),
    Case("version with a letter", MEET, '"0.2"', "v1.0", 7, "meetings[1].draft", "'v1.0'",
         "the version of a draft"),
    Case("yes for true", MEET, "example: true", "example: yes", 3, "example", "'yes' (text)",
         "true or false", "did you mean true?"),
    Case("text for a whole number", JOBS, "decimals: 1", 'decimals: "1"', 5, "employment_rate.decimals",
         "'1' (text)", "a whole number", "without quotes"),
    Case("refreshed from nowhere", JOBS, "  decimals: 1", "  refresh: {source: ons, series: a}\n  decimals: 1", 5,
         "employment_rate.refresh.source", "'ons'", "ons-els"),
    Case("refreshed without kinds of areas", JOBS, "  decimals: 1",
         '  refresh: {source: fingertips, series: "1"}\n  decimals: 1', 5, "employment_rate.refresh", "",
         "area_types with source: fingertips"),
    Case("refreshed without files", JOBS, "  decimals: 1",
         "  refresh: {source: nhse-ae, series: attendances}\n  decimals: 1", 5, "employment_rate.refresh", "",
         "files, or pages with links"),
    Case("refreshed in the open", JOBS, "  decimals: 1",
         "  refresh: {source: nhse-ae, series: attendances, files: [http://a.example/b]}\n  decimals: 1", 5,
         "employment_rate.refresh.files[0]", "'http://a.example/b'", "https://"),
    Case("refreshed from links that are no pattern", JOBS, "  decimals: 1",
         "  refresh: {source: nhse-ae, series: a, pages: [https://a.example/b], links: '('}\n  decimals: 1", 5,
         "employment_rate.refresh.links", "'('", "a regular expression"),
    Case("break without a reason", JOBS, "  decimals: 1", "  breaks:\n    - since: 2022-01-01\n  decimals: 1", 6,
         "employment_rate.breaks[0].reason", "", "a value: this key is needed"),
    Case("break in a year", JOBS, "  decimals: 1",
         "  breaks:\n    - since: 2022\n      reason: It was changed.\n  decimals: 1", 6,
         "employment_rate.breaks[0].since", "2022", "a date such as 2026-12-09"),
    Case("other words without a list", JOBS, "  decimals: 1", "  also_called: work\n  decimals: 1", 5,
         "employment_rate.also_called", "'work'", "a list"),
    Case("broken number", JOBS, "decimals: 1", "decimals: 1.5", 5, "employment_rate.decimals",
         "1.5 (a number)", "a whole number"),
    Case("too many decimals", JOBS, "decimals: 1", "decimals: 7", 5, "employment_rate.decimals",
         "7 (a number)", "at most 4"),
    Case("order of nought", WORK, "order: 1", "order: 0", 4, "order", "0", "at least 1"),
    Case("word that is not on the list", JOBS, "polarity: high", "polarity: hihg", 6,
         "employment_rate.polarity", "'hihg' (text)", "high, low or none", "'high'"),
    Case("scope that is not on the list", CHAPTERS, "scope: system", "scope: systems", 9, "[2].scope",
         "'systems'", "place, system or all", "'system'"),
    Case("text for a list", ALSTON, "emphasis:\n  - Many", "emphasis: Many", 8, "emphasis", "(text)",
         "a list", "hyphen"),
    Case("text for a borough", ALSTON, "  - code: E06000001\n    name: Alston\n", "  - E06000001\n", 4,
         "boroughs[0]", "'E06000001' (text)", "keys and values"),
    Case("empty list", ALSTON, "\n  - code: E06000001\n    name: Alston\n", " []\n", 3, "boroughs",
         "an empty list", "at least 1 item"),
    Case("day that does not exist", MEET, "2027-02-10", "2027-02-30", 6, "meetings[1].date", "'2027-02-30'",
         "a date such as", "the day must exist"),
    Case("date in quotes", MEET, "2027-02-10", '"2027-02-10"', 6, "meetings[1].date", "(text)",
         "a date such as", "without quotes"),
    Case("date the other way round", MEET, "2027-02-10", "10/02/2027", 6, "meetings[1].date",
         "'10/02/2027'", "a date such as 2026-12-09", "year-month-day"),
    Case("code that is none", ALSTON, "code: E06000001", "code: e06000001", 4, "boroughs[0].code",
         "'e06000001'", "an ONS code such as", "'E06000001'"),
    Case("capitals in an indicator's id", JOBS, "employment_rate:", "Employment rate:", 1,
         "Employment rate", "'Employment rate'", "small letters, digits and underscores",
         "'employment_rate'"),
    Case("notebook with its ending", CHAPTERS, "place_profile", "place_profile.ipynb", 1, "[0].notebook",
         "'place_profile.ipynb'", "small letters", "'place_profile'"),
    Case("list as a parameter", CHAPTERS, "first_year: 2015", "first_year: [2015]", 7,
         "[1].parameters.first_year", "a list of 1", "text or a whole number or a number or true or false"),
    Case("name that is too long", ALSTON, "name: Alston\nb", f"name: {'A' * 301}\nb", 2, "name",
         "301 characters", "at most 300 characters"),
    Case("outcome without measure or reason", WORK, "    gap: Nobody measures it.\n", "", 9, "outcomes[1]",
         "keys and values", "needs indicators, or a gap"),
    # References between files.
    Case("unknown trust", ALSTON, "trust: RAA", "trust: RAB", 6, "trust", "'RAB'", "RAA", "'RAA'"),
    Case("unknown indicator", WORK, "[employment_rate]", "[emploiment_rate]", 8,
         "outcomes[0].indicators[0]", "'emploiment_rate'", "employment_rate, happiness, anxiety",
         "'employment_rate'"),
    Case("unknown priority", CHAPTERS, "priority: wellbeing", "priority: well-being", 5, "[1].priority",
         "'well-being'", "wellbeing, work", "'wellbeing'"),
    Case("combined area of unknown boroughs", SYSTEM, "E06000002]", "E06000003]", 13,
         "combined_areas[0].boroughs[1]", "'E06000003'", "E06000001, E06000002", "'E06"),
    # What may stand only once.
    Case("indicator under two outcomes", WORK, "[employment_rate]", "[employment_rate, anxiety]", 8,
         "outcomes[0].indicators[1]",
         "'anxiety', which params/priorities/wellbeing.yml, line 8 has already",
         "each indicator under one outcome"),
    Case("borough in two places", BROUGH, "E06000002", "E06000001", 4, "boroughs[0].code",
         "params/places/alston.yml, line 4 has already", "each area once"),
    Case("two places of one name", BROUGH, "name: Brough\nb", "name: Alston\nb", 2, "name", "'Alston'",
         "a name of its own"),
    Case("two outcomes of one id", WORK, "kinder-jobs", "more-jobs", 9, "outcomes[1].id",
         "line 6 has already", "each outcome's id once"),
    Case("two priorities of one order", WORK, "order: 1", "order: 2", 4, "order",
         "params/priorities/wellbeing.yml, line 4 has already", "a number of its own"),
    Case("indicator in two files", MOOD, "anxiety:", "employment_rate:", 12, "employment_rate",
         "params/indicators/jobs.yml, line 1 has already", "each indicator once"),
    Case("notebook listed twice", CHAPTERS, "system_overview", "place_profile", 8, "[2].notebook",
         "line 1 has already", "an id of its own for each chapter, such as id: second_look"),
    # Calendars and chapters.
    Case("calendar without meetings", "meetings/brough.yml", "\n  - date: 2026-12-09", " []", 3, "meetings",
         "an empty list", "at least 1 item"),
    Case("dates out of order", MEET, "2027-02-10", "2026-11-10", 6, "meetings[1].date",
         "2026-11-10, which is before 2026-12-09", "in order of date"),
    Case("date for the second time", MEET, "2027-02-10", "2026-12-09", 6, "meetings[1].date",
         "for the second time", "each date once"),
    Case("year that is a slip", MEET, "2027-02-10", "2207-02-10", 6, "meetings[1].date", "2207-02-10",
         "a year from 2000 to 2099"),
    Case("fewer than no days for papers", MEET, "example: true", "papers_due_days: -1", 3, "papers_due_days",
         "-1 (a number)", "at least 0"),
    Case("too many days for papers", MEET, "example: true", "papers_due_days: 90", 3, "papers_due_days",
         "90 (a number)", "at most 60"),
    Case("half a day for papers", MEET, "example: true", "papers_due_days: 4.5", 3, "papers_due_days",
         "4.5 (a number)", "a whole number"),
    Case("days for papers in words", MEET, "example: true", "papers_due_days: five", 3, "papers_due_days",
         "'five' (text)", "a whole number"),
    Case("days for papers misspelt", MEET, "example: true", "paper_due_days: 5", 3, "paper_due_days",
         "unknown key", "papers_due_days", "'papers_due_days'"),
    Case("place called system", "places/system.yml", "",
         FILES[ALSTON].replace("alston", "system").replace("Alston", "S").replace("E06000001", "E06000004"),
         0, "", "a place called system", "any other name"),
    Case("parameter called place", CHAPTERS, "first_year: 2015", "place: alston", 7, "[1].parameters.place",
         "a parameter called place", "given its place anyway"),
    Case("parameter with a hyphen", CHAPTERS, "first_year: 2015", "first-year: 2015", 7,
         "[1].parameters.first-year", "'first-year'", "letters, digits and underscores"),
    # Collaboratives. The small params folder has none, so that each case writes the whole file.
    Case("empty collaboratives", TOGETHER, "", "[]\n", 1, "", "an empty list",
         "a list of collaboratives, each beginning with `- id:`"),
    Case("collaborative with an unknown trust", TOGETHER, "", HOSPITALS.replace("RAA", "RAB"), 4,
         "[0].trusts[0]", "'RAB'", "RAA", "'RAA'"),
    Case("collaborative with an unknown indicator", TOGETHER, "",
         HOSPITALS.replace("employment_rate", "employment_rat"), 8, "[0].priorities[0].indicators[0]",
         "'employment_rat'", "employment_rate", "'employment_rate'"),
    Case("pathway without measure or reason", TOGETHER, "",
         HOSPITALS.replace("      gap: Nobody measures it.\n", ""), 10, "[0].pathways[0]", "keys and values",
         "needs indicators, or a gap"),
    Case("collaborative for the second time", TOGETHER, "", HOSPITALS + HOSPITALS[:68], 13, "[1].id",
         "line 1 has already", "each collaborative's id once"),
    Case("part of a collaborative for the second time", TOGETHER, "",
         HOSPITALS.replace("id: maternity", "id: access"), 10, "[0].pathways[0].id", "line 6 has already",
         "each id of a priority or pathway once"),
    Case("misspelt key of a collaborative", TOGETHER, "", HOSPITALS.replace("pathways", "pathway"), 9,
         "[0].pathway", "an unknown key", "pathways", "'pathways'"),
    Case("chapter of an unknown collaborative", CHAPTERS, "scope: system",
         "scope: system\n  collaboratives: [hospitals]", 10, "[2].collaboratives[0]", "'hospitals'",
         "none is known yet"),
    # Targets and doubts.
    Case("target in words", JOBS, "decimals: 1",
         'decimals: 1\n  targets:\n    - label: standard\n      value: "95"', 8,
         "employment_rate.targets[0].value", "'95' (text)", "a number"),
    Case("target by a year", JOBS, "decimals: 1",
         'decimals: 1\n  targets:\n    - label: standard\n      value: 95\n      by: "2026"', 9,
         "employment_rate.targets[0].by", "'2026'", "a month in quotes, such as"),
    Case("target without a good side", JOBS, "polarity: high",
         "polarity: none\n  targets:\n    - label: standard\n      value: 95", 1, "employment_rate",
         "keys and values", "polarity high or low where there are targets"),
    Case("doubt without a reason", JOBS, "decimals: 1",
         'decimals: 1\n  doubts:\n    - months: ["2025-02"]', 7, "employment_rate.doubts[0].reason", "nothing",
         "this key is needed"),
    Case("doubt of no month", JOBS, "decimals: 1",
         "decimals: 1\n  doubts:\n    - months: []\n      reason: They are wrong.", 7,
         "employment_rate.doubts[0].months", "an empty list", "at least 1 item"),
    # Themes, foundations, baseline figures and local emphases. The small params folder has no such files.
    Case("no themes in their file", THEMES, "", "[]\n", 1, "", "an empty list", "a list of themes"),
    Case("foundations as a mapping", FOUNDATIONS, "", "id: estates\n", 1, "", "keys and values",
         "a list of foundations"),
    Case("theme without evidence or reason", THEMES, "", THEME.replace("  indicators: [happiness]\n", ""), 1,
         "[0]", "keys and values", "needs indicators, or a gap"),
    Case("theme with a typed status", THEMES, "", THEME + "  status: measured\n", 5, "[0].status",
         "an unknown key", "id, name, means, indicators, gap, baselines"),
    Case("theme by an unknown indicator", THEMES, "", THEME.replace("[happiness]", "[happines]"), 4,
         "[0].indicators[0]", "'happines'", "employment_rate, happiness, anxiety", "'happiness'"),
    Case("theme with an unknown figure", THEMES, "", THEME + "  baselines: [residents]\n", 5,
         "[0].baselines[0]", "'residents'", "none is known yet"),
    Case("theme listed twice", THEMES, "", THEME + THEME.replace("Fairness", "Fair play"), 5, "[1].id",
         "'fairness', which params/themes.yml, line 1 has already", "an id of its own"),
    Case("part without a reason", FOUNDATIONS, "", THEME + "  parts:\n    - name: Staff\n", 6,
         "[0].parts[0].gap", "nothing", "this key is needed"),
    Case("parts of a theme", THEMES, "", THEME + "  parts: []\n", 5, "[0].parts", "an unknown key", "means"),
    Case("figures without their document", BASELINES, "", FIGURES.partition("figures")[1] +
         FIGURES.partition("figures")[2], 1, "document", "nothing", "this key is needed"),
    Case("figure in words only", BASELINES, "", FIGURES.replace("2000000", "over 2 million"), 9,
         "figures[0].value", "'over 2 million' (text)", "a number"),
    Case("figure that nothing shows", BASELINES, "", FIGURES.replace("    chapter: place_profile\n", ""), 7,
         "figures[0]", "a figure that nothing shows", "priority, outcome or chapter"),
    Case("figure with two homes", BASELINES, "", FIGURES + "    outcome: more-jobs\n", 7, "figures[0]",
         "keys and values", "not several"),
    Case("figure of an unknown chapter", BASELINES, "", FIGURES.replace("place_profile", "place_profiles"), 12,
         "figures[0].chapter", "'place_profiles'", "place_profile, wellbeing", "'place_profile'"),
    Case("figure of an unknown outcome", BASELINES, "", FIGURES.replace("chapter: place_profile",
         "outcome: more-job"), 12, "figures[0].outcome", "'more-job'", "happier, more-jobs", "'more-jobs'"),
    Case("figure of an unknown priority", BASELINES, "", FIGURES.replace("chapter: place_profile",
         "priority: wok"), 12, "figures[0].priority", "'wok'", "wellbeing, work", "'work'"),
    Case("figure of an unknown borough", BASELINES, "", FIGURES + "    area: E06000009\n", 13,
         "figures[0].area", "'E06000009'", "E06000001, E06000002", "'E06"),
    Case("figure listed twice", BASELINES, "", FIGURES + FIGURES.partition("figures:\n")[2], 13,
         "figures[1].id", "line 7 has already", "each figure's id once"),
    Case("emphasis by an unknown indicator", ALSTON, "- Many residents are older.",
         "- text: Many work.\n    indicators: [employment]", 10, "emphasis[0].indicators[0]", "'employment'",
         "employment_rate, happiness", "'employment_rate'"),
    Case("emphasis without text", ALSTON, "- Many residents are older.", "- indicators: [anxiety]", 9,
         "emphasis[0].text", "nothing", "this key is needed"),
    Case("emphasis with nothing to bear it out", ALSTON, "- Many residents are older.",
         "- text: Joy is not below England.\n    not_worse: true", 9, "emphasis[0]", "keys and values",
         "need indicators"),
    Case("rank at no end", ALSTON, "- Many residents are older.",
         "- text: Joy is high.\n    indicators: [happiness]\n    claim:\n      end: high\n      among: England",
         12, "emphasis[0].claim.end", "'high'", "highest or lowest", "'highest'"),
    # Notifications. The small params folder has none, so that each case writes the whole file.
    Case("empty notifications", NOTIFY, "", "# nobody\n", 1, "", "an empty file", "keys and values"),
    Case("nobody to be told", NOTIFY, "", "email: me\n", 1, "email", "'me' (text)", "keys and values"),
    Case("no way to tell anybody", NOTIFY, "", "{}\n", 1, "", "keys and values",
         "email, webhook or both; without notifications leave the file out"),
    Case("other way to tell", NOTIFY, "", "webhooks:\n  url_env: HOOK\n", 1, "webhooks", "an unknown key",
         "email, webhook", "'webhook'"),
    Case("no sender", NOTIFY, "", EMAIL.replace("  from: packs@example.org\n", ""), 1, "email.from", "nothing",
         "this key is needed"),
    Case("sender under another name", NOTIFY, "", EMAIL.replace("from", "form"), 3, "email.form",
         "an unknown key", "from, to, on", "'from'"),
    Case("nobody in the list", NOTIFY, "", EMAIL.replace("[a@example.org]", "[]"), 4, "email.to",
         "an empty list", "at least 1 item"),
    Case("one address that is no list", NOTIFY, "", EMAIL.replace("[a@example.org]", "a@example.org"), 4,
         "email.to", "'a@example.org' (text)", "a list", "hyphen"),
    Case("address with a name", NOTIFY, "", EMAIL.replace("[a@", '["A <a@').replace("org]", 'org>"]'), 4,
         "email.to[0]", "'A <a@example.org>'", "an e-mail address such as"),
    Case("address with a second line", NOTIFY, "",
         EMAIL.replace("packs@example.org", '"packs@example.org\\r\\nBcc: x@example.org"'), 3, "email.from",
         "Bcc", "an e-mail address such as"),
    Case("server with its protocol", NOTIFY, "", EMAIL.replace("host: ", "host: smtp://"), 2, "email.host",
         "'smtp://smtp.example.org'", "the name of a mail server"),
    Case("port that does not exist", NOTIFY, "", EMAIL + "  port: 70000\n", 5, "email.port", "70000",
         "at most 65535"),
    Case("told at other times", NOTIFY, "", EMAIL + "  on: failures\n", 5, "email.on", "'failures'",
         "failure or always", "'failure'"),
    Case("password in the file", NOTIFY, "", EMAIL + "  password: s3cret\n", 5, "email.password",
         "password, an unknown key", "password_env", "'password_env'"),
    Case("user without a password", NOTIFY, "", EMAIL + "  user: me\n", 1, "email", "keys and values",
         "user and password_env together"),
    Case("password in the open", NOTIFY, "",
         EMAIL + "  user: me\n  password_env: SMTP_PASSWORD\n  starttls: false\n", 1, "email",
         "keys and values", "starttls: true with a password"),
    Case("password for its variable", NOTIFY, "", EMAIL + "  user: me\n  password_env: s3cret\n", 6,
         "email.password_env", "not shown", "the name of an environment variable"),
    Case("address for its variable", NOTIFY, "", "webhook:\n  url_env: https://example.org/s3cret\n", 2,
         "webhook.url_env", "not shown", "such as BOARDPACKS_WEBHOOK_URL"),
    Case("address in the file", NOTIFY, "", "webhook:\n  url: https://example.org/s3cret\n", 2,
         "webhook.url", "url, an unknown key", "url_env, on", "'url_env'"),
    # Inequalities. The small params folder has none either.
    Case("unknown population", UNEQUAL, "", GAPS.replace("population: employment_rate", "population: people"),
         1, "population", "'people'", "employment_rate, happiness, anxiety"),
    Case("unknown measure of a gap", UNEQUAL, "", GAPS.replace("- indicator: happiness", "- indicator: hapiness"),
         3, "measures[0].indicator", "'hapiness'", "employment_rate, happiness, anxiety", "'happiness'"),
    Case("measure of a gap twice", UNEQUAL, "", GAPS.replace("- indicator: anxiety", "- indicator: happiness"),
         5, "measures[1].indicator", "line 3 has already", "each indicator once"),
    Case("unknown group's indicator", UNEQUAL, "", GAPS.replace("indicator: anxiety}", "indicator: fear}"),
         12, "groups[0].second.indicator", "'fear'", "employment_rate, happiness, anxiety"),
    Case("measure without a reason", UNEQUAL, "", GAPS.replace("    reason: It sums up much.\n", ""), 3,
         "measures[0].reason", "nothing", "this key is needed"),
    Case("chart that there is none of", UNEQUAL, "", GAPS.replace("chart: bars", "chart: pie"), 7,
         "measures[1].chart", "'pie' (text)", "map, bars or then-and-now"),
    Case("map without tiles", UNEQUAL, "", GAPS.replace("chart: bars", "chart: map"), 7,
         "measures[1].chart", "'map'", "a tile for every local authority", "chart: bars"),
    Case("fewer than no residents", UNEQUAL, "", GAPS + "fewest_residents: -1\n", 14, "fewest_residents",
         "-1 (a number)", "at least 0"),
    Case("groups by another key", UNEQUAL, "", GAPS.replace("first: {", "frist: {"), 11, "groups[0].frist",
         "an unknown key", "id, name, title, note, first, second", "'first'"),
    Case("tile of one number", ALSTON, "    name: Alston\n", "    name: Alston\n    tile: [0]\n", 6,
         "boroughs[0].tile[1]", "nothing", "this key is needed"),
    Case("tile that is a word", ALSTON, "    name: Alston\n", "    name: Alston\n    tile: north\n", 6,
         "boroughs[0].tile", "'north' (text)", "a list"),
]  # fmt: skip


# Their one fault has consequences in other files, which are reported too.
WITH_CONSEQUENCES = {
    "tile of one number",
    "calendar without a place",
    "capitals in an indicator's id",
    "code that is none",
    "indicators as a list",
    "borough in two places",
    "list as a key",
    "list at the top",
    "indicator in two files",
}
JARGON = (
    "pydantic",
    "Input should",
    "tuple",
    "string",
    "dict",
    "boolean",
    "integer",
    "NoneType",
    "regex",
    "^[",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_wrong_params_say_where_and_what(case: Case, write_params: WriteParams) -> None:
    content = case.new
    if case.old:
        assert case.old in FILES[case.file], "the case changes nothing"
        content = FILES[case.file].replace(case.old, str(case.new), 1)
    with pytest.raises(InputError) as caught:
        load_params(write_params({case.file: content}))
    where = f"params/{case.file}, line {case.line}" if case.line else f"params/{case.file}"
    problems, message = caught.value.problems, str(caught.value)
    wanted = [problem for problem in problems if (problem.where, problem.key) == (where, case.key)]
    assert len(wanted) == 1, message
    assert case.found in wanted[0].found
    assert case.allowed in wanted[0].allowed
    assert case.hint in wanted[0].hint
    assert where in message, "the message itself names the place"
    assert len(problems) == 1 or case.name in WITH_CONSEQUENCES, message
    assert "s3cret" not in message
    said = " ".join(f"{problem.allowed} {problem.hint}" for problem in problems)
    assert not [word for word in JARGON if word in said]
