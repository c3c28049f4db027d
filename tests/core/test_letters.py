"""Every e-mail: one line of subject, links to our own pages only, nothing of what people wrote taken for mark-up."""

import pytest
from django.utils import translation

from bikeens.core.letters import Letter, one_line, page_address


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Plain", "Plain"),
        ("Two\r\nBcc: lines", "Two Bcc: lines"),
        ("A\u2028B\u0085C\tD", "A B C D"),
        ("Zero\u200bwidth\u202eturned\x00\x1b", "Zerowidthturned"),
        ("Kept\u00a0: yes\u202f!", "Kept\u00a0: yes\u202f!"),
        ("x" * 151, "x" * 149 + "…"),
    ],
)
def test_a_subject_is_one_line_of_visible_characters(text, line):
    assert one_line(text) == line


def test_a_link_leads_to_a_page_in_the_readers_language():
    with translation.override("fr"):
        assert page_address("/bookings/1/") == "http://localhost:8000/fr/bookings/1/"


@pytest.mark.parametrize("path", ["", "bookings/", "//elsewhere.example/", "/a\nb", "/a b", "\\\\elsewhere.example"])
def test_a_link_leads_nowhere_else(path):
    with pytest.raises(ValueError, match="no page's path"):
        page_address(path)


def test_what_people_wrote_is_text():
    letter = Letter(
        subject="<b>Bob</b>",
        lead="<img src=x onerror=alert(1)>",
        facts=[("<i>Note</i>", "two\nlines & <script>")],
        note="{{ letter }} {% now %}",
        button="Go",
        path="/",
        reason="<u>why</u>",
    ).message_to("bob@example.com")
    html = letter.alternatives[0].content
    for tag in ("<b>", "<img", "<i>", "<script", "<u>"):
        assert tag not in html
    assert "two<br>lines &amp; &lt;script&gt;" in html
    assert "{{ letter }} {% now %}" in html
    assert "<img src=x onerror=alert(1)>" in letter.body


def test_a_letter_without_a_button_has_no_link_but_home():
    letter = Letter(subject="Code", lead="Here it is:", code="1234-5678").message_to("bob@example.com")
    assert letter.alternatives[0].content.count("href=") == 2
    assert "1234-5678" in letter.body
