from datetime import date

import pytest

from kg.articles import read_source
from kg.articles.segments import inline_dateline

FRENCH = """Le numérique progresse dans l'Ouest
french.example.org | Mis à jour le 12-05-2021
Par : Paul Martin
(Photo : Agence)
XINING, 12 mai (Agence) -- La province comptait 41 centres en avril. Les usagers sont contents, selon une enquête.
Les prix ont baissé de 7 %.
À lire aussi : Un autre article
Le ministère a promis 6 nouveaux centres.
Source : Le Quotidien
Articles liés
Premier titre sans date
Deuxième titre sans date 2020-01-02
Tous droits réservés © 2021
"""
CHINESE = """首页 | 要闻 | 产业 | 数据 | 视频
当前位置：首页 > 产业 > 正文
青海数字产业提速
2022年3月4日 10:20　来源：示例网　作者：李一
本报西宁3月3日电（记者 王二）全省建成41个中心，增长7%。
图为工作人员在机房。
“很方便。”他说。
责任编辑：赵三
延伸阅读
• 甲地建成9个站点
　　去年，甲地建成站点。
　　2021-05-06
• 乙地建成8个站点 2021-07-08
热门新闻
丙地消息
例ICP备00000009号
"""


def parts(article):
    return [(segment.kind, article.text[segment.start : segment.end].split("\n")[0]) for segment in article.segments]


def test_a_french_page_falls_into_its_parts():
    article = read_source("a", "a.txt", FRENCH.encode())
    assert parts(article) == [
        ("title", "Le numérique progresse dans l'Ouest"),
        ("dateline", "french.example.org | Mis à jour le 12-05-2021"),
        ("boilerplate", "Par : Paul Martin"),
        ("caption", "(Photo : Agence)"),
        ("dateline", "XINING, 12 mai (Agence) --"),
        ("body", "La province comptait 41 centres en avril. Les usagers sont contents, selon une enquête."),
        ("teaser", "À lire aussi : Un autre article"),
        ("body", "Le ministère a promis 6 nouveaux centres."),
        ("boilerplate", "Source : Le Quotidien"),
        ("boilerplate", "Articles liés"),
        ("teaser", "Premier titre sans date"),
        ("teaser", "Deuxième titre sans date 2020-01-02"),
        ("boilerplate", "Tous droits réservés © 2021"),
    ]
    metadata = article.metadata
    assert (metadata.title, metadata.published, metadata.published_from) == (parts(article)[0][1], date(2021, 5, 12), "line")
    assert (metadata.publisher, metadata.author) == ("Le Quotidien", "Paul Martin")
    assert [segment.published for segment in article.segments if segment.kind == "teaser"] == [None, None, date(2020, 1, 2)]


def test_a_chinese_page_falls_into_its_parts():
    article = read_source("a", "a.txt", CHINESE.encode())
    assert [kind for kind, _ in parts(article)] == [
        *["boilerplate"] * 2,
        *["title", "dateline", "dateline", "body", "caption", "body", "boilerplate", "boilerplate"],
        *["teaser", "teaser", "boilerplate", "boilerplate", "boilerplate"],
    ]
    assert [segment.published for segment in article.segments if segment.kind == "teaser"] == [date(2021, 5, 6), date(2021, 7, 8)]
    assert (article.metadata.publisher, article.metadata.author) == ("示例网", "李一")
    assert article.metadata.published == date(2022, 3, 4)


def test_the_sidecar_wins():
    sidecar = b'{"headline": "Autre", "datePublished": "2021-05-20", "publisher": {"name": "Site"}}'
    metadata = read_source("a", "a.txt", FRENCH.encode(), sidecar=sidecar).metadata
    assert (metadata.title, metadata.published, metadata.published_from) == ("Autre", date(2021, 5, 20), "sidecar")
    assert metadata.publisher == "Site"


def test_a_date_in_the_text_is_the_last_resort():
    text = "La région avance bien et les usagers sont contents. Cet article, publié le 3 mars 2022, parle de la fibre."
    metadata = read_source("a", "a.txt", text.encode()).metadata
    assert (metadata.published, metadata.published_from) == (date(2022, 3, 3), "text")


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("LHASA, 2 août 2021 -- La région", "LHASA, 2 août 2021 --"),
        ("PÉKIN, 12 mars (AFP) - Le pays", "PÉKIN, 12 mars (AFP) -"),
        ("BEIJING, Aug. 4 (Xinhua) -- China", "BEIJING, Aug. 4 (Xinhua) --"),
        ("新华社拉萨7月2日电（记者张三）西藏", "新华社拉萨7月2日电（记者张三）"),
        ("中新网成都5月7日电 四川", "中新网成都5月7日电"),
        ("西宁7月5日讯 走进", "西宁7月5日讯"),
        ("本报讯 记者获悉", "本报讯"),
        ("8月2日电力供应恢复正常。", None),
        ("据新华社8月2日消息，西藏", None),
        ("西藏日报通讯员报道", None),
        ("En 2020, la Chine - avec ses alliés -- a grandi", None),
        ("7月21日，项目投产。", None),
    ],
)
def test_a_dateline_is_only_its_own_characters(text, dateline):
    assert inline_dateline(text) == dateline


@pytest.mark.parametrize(
    "line",
    [
        "Share prices rose by 7 percent in the first half of the year, the office said.",
        "Source d'énergie propre, le soleil alimente 41 centres de la province.",
        "来源于农村电商的收入增长了7%，农牧民很高兴。",
        "提示音响起，老人按下按键，41台设备同时启动。",
        "Photos et vidéos sont vendues par 41 artisans de la région.",
    ],
)
def test_a_sentence_that_begins_like_a_credit_stays_body(line):
    first = (
        "第一段写的是全县的情况，大家都很满意。"
        if "，" in line
        else "The first paragraph is here and it is long enough. Le premier est là."
    )
    article = read_source("a", "a.txt", f"{first}\n{line}\n{first}".encode())
    assert [segment.kind for segment in article.segments] == ["body"]


def test_prose_after_a_list_of_links_is_body_again():
    prose = "Le gouvernement a annoncé une aide pour les villages de la région. " * 6
    text = f"La région avance et les usagers sont contents.\nArticles liés\nUn titre\nUn autre titre\n{prose}\nFin de la page."
    kinds = [segment.kind for segment in read_source("a", "a.txt", text.encode()).segments]
    assert kinds == ["body", "boilerplate", "teaser", "teaser", "body"]
