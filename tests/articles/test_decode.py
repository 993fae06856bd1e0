import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles.decode import decode
from kg.errors import ArticleError

FRENCH = "Le rôle de l'État dans l'économie numérique reste élevé : 12 % à Lhassa."
CHINESE = "西藏自治区的数字经济规模达到了一百七十亿元，增长较快。"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "utf-16", "utf-16-le"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "utf-16", "utf-16-le"),
    ],
)
def test_encodings_are_told_apart(text, codec, encoding):
    assert decode(text.encode(codec), "a.txt") == (text, encoding)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7 something", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"abc\x00\x01\x02def", "binary"),
        (bytes(range(1, 32)) * 4, "binary"),
        (b"\xff\xfe\x00\xd8", "byte order mark"),
        (b"abc \x81 \x8d def", "neither"),
    ],
)
def test_what_is_no_text_is_refused_by_name(raw, message):
    with pytest.raises(ArticleError, match=message) as caught:
        decode(raw, "somewhere.txt")
    assert caught.value.where == "somewhere.txt"
    assert caught.value.remedy


@given(st.binary(max_size=200))
def test_any_bytes_give_text_that_can_be_written_or_an_article_error(raw):
    try:
        text, _ = decode(raw, "x.txt")
    except ArticleError:
        return
    assert text.strip()
    text.encode("utf-8")
