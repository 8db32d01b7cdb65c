"""Components are strict: what the design does not have is an error, never a silent nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import override_settings

from nayu.kernel.components.library import WrongComponent
from nayu.kernel.components.people import initial
from nayu.kernel.components.pictures import Line, LineChart, line_chart
from nayu.kernel.components.widgets import BuddhistDate

pytestmark = pytest.mark.usefixtures("plain_files")


@pytest.fixture
def plain_files() -> Iterator[None]:
    """Names of static files without the manifest, which only a build has."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"staticfiles": storage}):
        yield


def drawn(source: str, **values: object) -> str:
    return Template("{% load components %}" + source).render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        '{% button "x" knd="primary" %}',
        "{% card titel='x' %}{% endcard %}",
        "{% facts %}",
        "{% badge 3 %}",
    ],
)
def test_a_misspelt_or_missing_parameter_fails_before_anything_is_drawn(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load components %}" + source)


@pytest.mark.parametrize(
    "source",
    [
        '{% button "x" kind="loud" %}',
        '{% button "x" href="/" state="busy" %}',
        '{% icon "unicorn" %}',
        '{% tag "x" tone="pink" %}',
        '{% tabs label="x" %}{% endtabs %}',
    ],
)
def test_what_the_design_does_not_have_is_refused(source: str) -> None:
    with pytest.raises(WrongComponent):
        drawn(source)


def test_what_people_wrote_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    sources = (
        "{% button evil %}{% tag evil %}{% avatar evil named=True %}{% empty evil %}",
        "{% card title=evil %}{{ evil }}{% endcard %}{% notice title=evil %}{% endnotice %}",
        "{% menu label=evil %}{% menu_item evil evil %}{% endmenu %}",
    )
    assert "<script" not in "".join(drawn(source, evil=evil) for source in sources)


@pytest.mark.parametrize(
    ("name", "letter"), [("สมหญิง", "ส"), ("เปรมใจ", "ป"), ("ไพโรจน์", "พ"), ("aree", "A"), ("", "")]
)
def test_an_initial_is_the_consonant_that_is_spoken_first(name: str, letter: str) -> None:
    assert initial(name) == letter


class _DateForm(forms.Form):
    day = forms.CharField(widget=BuddhistDate, help_text="วันเกิด")


def test_a_day_goes_in_as_three_parts_and_comes_back_as_they_were_typed() -> None:
    form = _DateForm({"day_day": "21", "day_month": "11", "day_year": "2569"})
    assert form["day"].value() == "21/11/2569"
    assert form.is_valid()

    page = drawn("{% field form.day %}", form=form)
    assert 'value="2569"' in page
    assert '<option value="11" selected>' in page


def test_a_kept_day_is_shown_in_the_buddhist_era() -> None:
    form = _DateForm(initial={"day": date(2026, 11, 21)})
    assert 'value="2569"' in drawn("{% field form.day %}", form=form)


def test_a_day_left_empty_is_no_day() -> None:
    form = _DateForm({"day_day": "", "day_month": "", "day_year": " "})
    assert form["day"].value() == ""
    assert not form.is_valid()


class _WordForm(forms.Form):
    word = forms.CharField(help_text="หนึ่งคำ")


def test_an_error_and_its_help_are_tied_to_the_field_and_to_the_summary() -> None:
    page = drawn("{% error_summary form %}{% field form.word %}", form=_WordForm({}))

    assert 'aria-describedby="id_word_error id_word_helptext"' in page
    assert 'id="id_word_error"' in page
    assert 'id="id_word_helptext"' in page
    assert 'aria-invalid="true"' in page
    assert '<a href="#id_word"' in page


def test_a_widget_that_nobody_has_drawn_is_refused() -> None:
    class Strange(forms.Form):
        moment = forms.SplitDateTimeField()

    with pytest.raises(WrongComponent):
        drawn("{% field form.moment %}", form=Strange())


def test_a_line_that_does_not_fit_its_chart_is_refused() -> None:
    chart = LineChart("x", "y", ("a", "b"), [Line("l", (1, 2, 3))])
    with pytest.raises(WrongComponent):
        line_chart(chart)


def test_lines_of_nothing_but_zero_are_drawn_at_the_ground() -> None:
    drawing = line_chart(LineChart("x", "y", ("a", "b"), [Line("l", (0, 0))]))
    assert drawing["lines"][0][2]["strokes"] == [(("25.00%", "100.00%"), ("75.00%", "100.00%"))]
