"""What templates are made of: buttons, dialogs, fields, and white space that no page has."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError, engines
from django.utils import translation

from config.template_loader import Loader

EVIL = '"><script>'
ESCAPED = "&quot;&gt;&lt;script&gt;"


def drawn(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_a_button_submits_its_form_unless_told_otherwise() -> None:
    assert drawn('{% button "Save" %}') == '<button class="btn" type="submit">Save</button>'
    assert drawn('{% button "Go" type="button" data_opens="leave" hidden=True %}') == (
        '<button class="btn" type="button" data-opens="leave" hidden>Go</button>'
    )


def test_a_button_with_an_address_is_a_link() -> None:
    link = drawn('{% button "Back" href="/rooms/?a=1&b=2" style="danger-quiet sm" class="push" %}')
    assert link == '<a class="btn btn--danger-quiet btn--sm push" href="/rooms/?a=1&b=2">Back</a>'


def test_icons_stand_before_and_after_the_words() -> None:
    button = drawn('{% button "Later" icon="back" icon_after="right" %}')
    assert button.index("#back") < button.index("Later") < button.index("#right")


def test_a_button_without_words_is_read_aloud() -> None:
    assert 'aria-label="Close" title="Close"' in drawn('{% icon_button "close" "Close" %}')
    assert 'title="Close (Esc)" aria-label="Close"' in drawn('{% icon_button "close" "Close" title="Close (Esc)" %}')


@pytest.mark.parametrize(
    "source",
    [
        "{% button evil %}",
        '{% button "x" title=evil %}',
        '{% button "x" href=evil %}',
        '{% button "x" class=evil %}',
        '{% button "x" type=evil %}',
        '{% icon_button "close" evil %}',
        '{% menu_item evil icon="link" %}',
        '{% post_button evil "account_logout" %}',
        '{% confirmation id=evil action="/" does="Go" asks="Go?" %}x{% endconfirmation %}',
        '{% confirmation id="x" action=evil does="Go" asks="Go?" %}x{% endconfirmation %}',
        '{% confirmation id="x" action="/" does=evil asks=evil sets=evil %}{{ evil }}{% endconfirmation %}',
        "{% dialog id=evil title=evil %}{{ evil }}{% actions %}{{ evil }}{% enddialog %}",
        '{% filter_search evil "Find" %}',
        '{% filter_select "kind" "" evil any=evil human=evil %}',
        '{% copy_field "x" evil evil %}',
        "{% page_intro evil %}{{ evil }}{% endpage_intro %}",
        '{% card_head evil id="x" %}{{ evil }}{% endcard_head %}',
        '{% empty_state evil icon="pin" %}{{ evil }}{% endempty_state %}',
        '{% nav_link evil "accounts:profile" icon="user" %}',
        "{% count 3 evil %}",
        '{% time moment "Y" title=evil %}',
        "{% field_error errors %}",
    ],
)
def test_what_a_component_is_given_is_escaped(source: str) -> None:
    html = drawn(source, evil=EVIL, errors=[EVIL], moment=datetime(2026, 3, 1, tzinfo=UTC))

    assert ESCAPED in html and EVIL not in html


def test_words_of_a_component_are_translated() -> None:
    source = '{% button _("Cancel") %}{% icon_button "close" _("Cancel") %}'
    with translation.override("de"):
        assert drawn(source).count("Abbrechen") == 3


def test_forms_of_components_carry_the_token() -> None:
    for source in (
        '{% post_button "Go" "account_logout" %}',
        '{% confirmation id="x" action="/" does="Go" asks="Go?" %}x{% endconfirmation %}',
        '{% dialog id="x" title="x" action="/" %}x{% actions %}y{% enddialog %}',
    ):
        assert 'name="csrfmiddlewaretoken" value="secret"' in drawn(source, csrf_token="secret")  # noqa: S106


def test_a_dialog_that_only_closes_posts_nothing() -> None:
    dialog = drawn('{% dialog id="x" title="Sure?" %}words{% actions %}buttons{% enddialog %}')
    assert '<form method="dialog">' in dialog and "csrf" not in dialog
    assert '<h2 id="x-title">Sure?</h2>words</div><div class="dialog__actions">buttons</div>' in dialog


def test_a_dialog_takes_named_arguments_only() -> None:
    with pytest.raises(TemplateSyntaxError, match="named arguments"):
        Template('{% dialog id="x" "Sure?" %}{% actions %}{% enddialog %}')


def test_a_filter_shows_what_is_chosen() -> None:
    source = '{% filter_select "kind" kind "Kind" any="All" human="People" agent="Agents" %}'
    assert '<option value="agent" selected>Agents</option>' in drawn(source, kind="agent")
    assert "selected" not in drawn(source, kind=None)


def test_no_error_is_no_paragraph() -> None:
    assert drawn("{% field_error none also_none %}", none=[], also_none=forms.utils.ErrorList()) == ""


def test_oneline_drops_line_breaks_and_keeps_attributes_and_variables_apart() -> None:
    source = """{% oneline %}
      <p
        class="a"
        {% if yes %}hidden{% endif %}>
        {{ words }}
        <b>one</b>
        {% if yes %}<i>two</i>{% endif %} three
      </p>
    {% endoneline %}"""
    assert drawn(source, yes=True, words="a\n b") == '<p class="a" hidden>a\n b<b>one</b><i>two</i> three</p>'


def test_oneline_leaves_words_to_be_translated_alone() -> None:
    source = "{% oneline %}{% blocktranslate trimmed %}\n one\n two\n{% endblocktranslate %}{% endoneline %}"
    assert drawn(source) == "one two"


def test_pages_are_sent_without_the_indentation_of_their_source(tmp_path: Path) -> None:
    tmp_path.joinpath("page.html").write_text("<ul>\n  <li>\n    a  b\n\t</li>\n\n</ul>\n")
    tmp_path.joinpath("mail.txt").write_text("  a\n")
    loader = Loader(engines["django"].engine, [tmp_path])
    read = {name: loader.get_contents(next(loader.get_template_sources(name))) for name in ("page.html", "mail.txt")}

    assert read == {"page.html": "<ul>\n<li>\na  b\n</li>\n\n</ul>\n", "mail.txt": "  a\n"}
