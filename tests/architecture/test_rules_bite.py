"""Each rule broken once on purpose: a rule that cannot fail proves nothing."""

from pathlib import Path

import pytest

from tests.architecture import rules_code, rules_rooms, rules_words
from tests.architecture.house import House

RULES = {
    rule.__name__: rule for rule in (*rules_code.RULES, *rules_rooms.RULES, *rules_words.RULES)
}

WELLS = "src/nayu/wells"
PO = "src/nayu/locale/th/LC_MESSAGES/django.po"
SERVICE = """
@transaction.atomic
def dig(*, by: Actor, now: datetime) -> None:
    require(by, policy.DIG)
"""
PAGE = '{% extends "base.html" %}{% url "wells:list" %}{% include "kernel/card.html" %}'
SAYING = '_("Dry.")\n'
SAID = 'msgid "Dry."\nmsgstr "แห้ง"\n'

#: A small house without a flaw.
SOUND = {
    "pyproject.toml": '[project]\nversion = "1.2"\n',
    "CHANGELOG.md": "# Changes\n\n## 1.2\n",
    "Makefile": "demo:\n\techo\n",
    "README.md": "Type `make demo`, read [this](CHANGELOG.md).\n",
    "src/nayu/kernel/README.md": "# Kernel\n",
    f"{WELLS}/README.md": "# Wells\n\n| `WellDug` | water came |\n",
    f"{WELLS}/services.py": SERVICE,
    f"{WELLS}/events.py": "class WellDug:\n    pass\n",
    f"{WELLS}/views.py": SAYING,
    f"{WELLS}/templates/wells/list.html": PAGE,
    f"{WELLS}/tests/test_dig.py": "x = 1\n" * 20,
    PO: SAID,
}

LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 40
BROAD = "try:\n    x = 1\nexcept {}:\n    {}\n"
TEMPLATE = f"{WELLS}/templates/wells/list.html"
# In two parts, so that this file itself keeps the rules.
NO_QA = "# no" + "qa"
IGNORE = "# type: ig" + "nore"
HOME = "/ho" + "me/somchai/nayu"
REGISTRY = "py" + "pi.org"

#: Rule → (file, its broken text) and a word of the sentence that must come.
BROKEN = [
    ("files_are_short", f"{WELLS}/api.py", "x = 1\n" * 401, "401 lines"),
    ("functions_are_short", f"{WELLS}/api.py", LONG_FUNCTION, ":1 f has 41 lines"),
    ("functions_are_short", "tools/x.py", f"async {LONG_FUNCTION}", "41 lines"),
    ("the_usual_file_and_function_are_small", f"{WELLS}/services.py", LONG_FUNCTION, "half"),
    ("the_usual_file_and_function_are_small", f"{WELLS}/api.py", "x = 1\n" * 399, "in twenty"),
    ("names_say_something", f"{WELLS}/utils.py", "", "utils"),
    ("names_say_something", "tests/helpers/dig.py", "", "helpers"),
    ("imports_stand_at_the_top", f"{WELLS}/api.py", "def f():\n    import os\n", ":2"),
    ("imports_stand_at_the_top", f"{WELLS}/api.py", "if TYPE_CHECKING:\n    import os\n", ":2"),
    ("excepts_are_narrow", f"{WELLS}/api.py", BROAD.format("Exception", "raise"), "nobody"),
    ("excepts_are_narrow", f"{WELLS}/api.py", "with suppress(Exception):\n    x = 1\n", ":1"),
    ("excepts_are_narrow", f"{WELLS}/tasks.py", BROAD.format("(OSError, Exception)", "x"), ":3"),
    ("suppressions_are_few_and_reasoned", f"{WELLS}/api.py", f"x = 1  {NO_QA}\n", "reason"),
    ("suppressions_are_few_and_reasoned", f"{WELLS}/api.py", f"x = 1  {NO_QA}: F401\n", "reason"),
    (
        "suppressions_are_few_and_reasoned",
        f"{WELLS}/api.py",
        f"x = 1  {NO_QA}: F401 -- a good reason\n",
        "1 checks silenced, 0 allowed",
    ),
    ("suppressions_are_few_and_reasoned", f"{WELLS}/api.py", f"x = 1  {IGNORE}[a-b]\n", "reason"),
    ("tests_outweigh_code", f"{WELLS}/api.py", "x = 1\n" * 100, "of code"),
    ("kernel_is_small", "src/nayu/kernel/big.py", "x = 1\n" * 3_001, "3001 lines of code"),
    (
        "kernel_knows_no_civic_nouns",
        "src/nayu/kernel/x.py",
        "class PeopleCouncil: ...\n",
        "council",
    ),
    ("kernel_knows_no_civic_nouns", "src/nayu/kernel/x.py", "count(village_id=1)\n", "village"),
    ("kernel_knows_no_civic_nouns", "src/nayu/kernel/citizens.py", "", "citizen"),
    ("nothing_names_a_machine_or_registry", "README.md", f"see {HOME}\n", "README.md:1"),
    ("nothing_names_a_machine_or_registry", "x.lock", f"--index https://{REGISTRY}/x\n", ":1"),
    ("changelog_tells_the_version", "CHANGELOG.md", "## 1.1\n\n## 1.2\n", "begins with 1.1"),
    ("services_are_verbs", f"{WELLS}/services.py", SERVICE.replace("*, ", ""), "without their"),
    ("services_are_verbs", f"{WELLS}/services.py", SERVICE.replace("by: Actor, ", ""), "no by"),
    (
        "services_are_verbs",
        f"{WELLS}/services.py",
        SERVICE.replace(", now: datetime", ""),
        "no now",
    ),
    (
        "services_are_verbs",
        f"{WELLS}/services.py",
        SERVICE.replace("@transaction.atomic", ""),
        "atom",
    ),
    (
        "services_are_verbs",
        f"{WELLS}/services/deep.py",
        SERVICE.replace("(by, ", "(x, "),
        "require",
    ),
    ("templates_are_short_and_plain", TEMPLATE, "x\n" * 121, "121 lines"),
    ("templates_are_short_and_plain", TEMPLATE, "<script>x</script>", ":1 carries"),
    ("templates_are_short_and_plain", TEMPLATE, '\n<p style="color: red">', ":2 carries"),
    ("templates_are_short_and_plain", TEMPLATE, '<a onclick="x">', ":1 carries"),
    ("templates_are_short_and_plain", TEMPLATE, "{{ x|safe }}", ":1 carries"),
    ("templates_name_their_own_room", TEMPLATE, '{% url "rivers:list" %}', "names rivers"),
    ("templates_name_their_own_room", TEMPLATE, "{% include 'rivers/x.html' %}", "names rivers"),
    ("templates_name_their_own_room", f"{WELLS}/templates/rivers/x.html", "", "another room"),
    ("every_room_has_a_short_readme", "src/nayu/rivers/api.py", "", "rivers/README.md is missing"),
    ("every_room_has_a_short_readme", f"{WELLS}/README.md", "x\n" * 41, "41 lines"),
    ("every_event_is_told_in_the_readme", f"{WELLS}/README.md", "# `WellDug`\n", "WellDug has no"),
    ("named_make_verbs_exist", "README.md", "Type `make peace`.\n", "make peace"),
    ("named_make_verbs_exist", "docs/x.md", "```\nmake war  # now\n```\n", "make war"),
    ("links_lead_somewhere", "docs/x.md", "[x](../README.th.md#top)\n", "README.th.md"),
    ("the_thai_catalogue_is_complete", PO, "", "views.py:1 says 'Dry.', untranslated"),
    ("the_thai_catalogue_is_complete", PO, f"#, fuzzy\n{SAID}", "is fuzzy"),
    ("the_thai_catalogue_is_complete", PO, 'msgid "Dry."\nmsgstr ""\n', "no word of Thai"),
    ("the_thai_catalogue_is_complete", PO, 'msgid "Dry."\nmsgstr "Dry."\n', "no word of Thai"),
    ("the_thai_catalogue_is_complete", PO, f'{SAID}\nmsgid "Wet."\nmsgstr "เปียก"\n', "nobody says"),
    ("the_thai_catalogue_is_complete", PO, f'msgctxt "wit"\n{SAID}', "untranslated"),
    ("the_thai_catalogue_is_complete", f"{WELLS}/api.py", 'pgettext("x", "Dry.")', "untranslated"),
    ("the_thai_catalogue_is_complete", TEMPLATE, '<p>it\'s {% translate "Wet." %}</p>', "Wet."),
    (
        "the_thai_catalogue_is_complete",
        TEMPLATE,
        "<p>\n  {% blocktranslate %}Wet {{ foot }}{% endblocktranslate %}",
        "list.html:2 says 'Wet %(foot)s'",
    ),
    (
        "the_thai_catalogue_is_complete",
        PO,
        f'{SAID}\n#, python-format\nmsgid "Wet %(foot)s"\nmsgstr "เปียก %(food)s"\n',
        "%(foot)s' unknown named placeholder",
    ),
]


def built(root: Path, files: dict[str, str]) -> House:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return House.of_folder(root)


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_house_breaks_no_rule(tmp_path: Path, rule: str) -> None:
    assert RULES[rule](built(tmp_path, SOUND)) == []


@pytest.mark.parametrize(("rule", "file", "text", "word"), BROKEN)
def test_a_broken_rule_says_where(
    tmp_path: Path, rule: str, file: str, text: str, word: str
) -> None:
    found = RULES[rule](built(tmp_path, {**SOUND, file: text}))
    assert [sentence for sentence in found if word in sentence], found


def test_every_rule_is_broken_here_at_least_once() -> None:
    assert {rule for rule, *_ in BROKEN} == set(RULES)


@pytest.mark.parametrize(
    "mark", [f"{NO_QA}: F401, F403 -- a good reason", f"{IGNORE}[a-b]  # a good reason"]
)
def test_a_reason_beside_its_code_is_read(tmp_path: Path, mark: str) -> None:
    house = built(tmp_path, {**SOUND, f"{WELLS}/api.py": f"x = 1  {mark}\n"})
    (found,) = rules_code.suppressions_are_few_and_reasoned(house)
    assert "1 checks silenced, 0 allowed" in found


def test_what_explains_the_kernel_does_not_make_it_large(tmp_path: Path) -> None:
    text = '"""Why."""\n# And why.\n\n' * 2_000 + "x = (\n    1\n)\n"
    house = built(tmp_path, {"src/nayu/kernel/x.py": text})
    (source,) = house.code
    assert source.lines_of_code == 3
    assert rules_code.kernel_is_small(house) == []


def test_a_door_that_raises_now_and_then_may_not_catch_everything(tmp_path: Path) -> None:
    door = {f"{WELLS}/tasks.py": BROAD.format("Exception", "if x:\n        raise\n    x = 2")}
    assert rules_code.excepts_are_narrow(built(tmp_path, {**SOUND, **door}))


def test_a_door_may_catch_everything_when_it_raises_again(tmp_path: Path) -> None:
    door = {f"{WELLS}/tasks.py": BROAD.format("Exception", "raise")}
    assert rules_code.excepts_are_narrow(built(tmp_path, {**SOUND, **door})) == []


def test_pages_of_several_rooms_may_name_them(tmp_path: Path) -> None:
    page = {"src/nayu/doors/templates/doors/home.html": '{% url "wells:list" %}'}
    assert rules_rooms.templates_name_their_own_room(built(tmp_path, {**SOUND, **page})) == []
