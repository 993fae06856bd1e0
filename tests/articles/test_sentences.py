import pytest

from kg.articles import read_source
from kg.articles.sentences import LONGEST


def sentences(text):
    article = read_source("a", "a.txt", text.encode())
    return [article.text[sentence.start : sentence.end] for sentence in article.sentences]


@pytest.mark.parametrize(
    "expected",
    [
        ["M. Dupont et le Dr. Li, p. 12, ont vu J. Martin le 3 mai.", "La hausse est de 5.4 points, etc."],
        ["« Tout va bien », dit-elle à la presse.", "« C'est sûr. »", "Les prix montent dans la région."],
        ["Que faire ?", "Rien, dit la direction de la région !", "« Le reste suit. »", "Et la fin est là."],
        ["Le taux est de 3 % ; la part de la région, de 7 %.", "2 600 emplois ont été créés dans la ville."],
        ["Mr. Smith of the U.S. Embassy saw the No. 5 line.", "It is in the city of Lhasa."],
    ],
)
def test_latin_sentences(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["全县建成41个站点；增长5.4%。", "群众很满意！", "真的吗？", "真的。"],
        ["“很方便。”", "他说。"],
        ["“一网通办。”，他说，很好。", "完成。"],
        ["项目（一期已完成。）还在建设。", "很好。"],
    ],
)
def test_chinese_sentences(expected):
    assert sentences("".join(expected)) == expected


def test_a_line_end_ends_a_sentence_unless_the_text_is_wrapped():
    assert sentences("La région avance bien.\nUn intertitre de la page\nLes usagers sont contents.")[1] == "Un intertitre de la page"
    wrapped = "\n".join(
        [
            "La région autonome a annoncé hier que le nombre de stations de",
            "base a encore augmenté dans la région et que les opérateurs ont",
            "investi beaucoup dans la fibre, le réseau couvre désormais toute",
            "la ville et ses environs. Les usagers en sont contents, dit une",
            "enquête du mois de mai.",
        ]
    )
    assert len(sentences(wrapped)) == 2


@pytest.mark.parametrize(
    ("clause", "ends"),
    [("昆明市有物流企业325家，", "，"), ("la ville compte 84 parcs logistiques, ", ","), ("mot après mot ", "ts"), ("字", "字")],
)
def test_what_has_no_end_is_parted_at_clause_marks(clause, ends):
    found = sentences("La ville et ses parcs : " + clause * 500 if clause[0] in "lm" else "云南省的情况：" + clause * 500)
    assert len(found) > 1 or len(clause) == 1
    assert all(len(sentence) <= LONGEST for sentence in found)
    assert all(sentence.endswith(tuple(ends)) for sentence in found[:-1])
    assert "".join("".join(found).split()).count(clause.strip().replace(" ", "")) >= 499
