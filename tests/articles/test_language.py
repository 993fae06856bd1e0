import pytest

from kg.articles.language import detect_language
from kg.articles.script import chinese_script, to_simplified


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La région a investi dans le réseau et les habitants en sont contents.", "fr"),
        ("The region has invested in the network and the people are happy with it.", "en"),
        ("全区信息化建设持续推进。", "zh"),
        ("5G全区 Huawei Cloud 信息化建设", "zh"),
        ("Le re\u0301seau de la re\u0301gion est cre\u0301e\u0301 par les citoyens.", "fr"),
        ("Der Anteil ist auf zwölf gestiegen und das ist für die Region nicht schlecht.", "und"),
        ("La región ha invertido en la red y los habitantes están contentos con el resultado.", "und"),
        ("A região investiu na rede e os habitantes estão contentes com o resultado do ano.", "und"),
        ("デジタル経済は急速に成長しています。", "und"),
        ("Цифровая экономика региона выросла.", "und"),
        ("12 345 678", "und"),
    ],
)
def test_languages_are_told_apart(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(("text", "script"), [("數字經濟規模", "Hant"), ("数字经济规模", "Hans"), ("數字經濟于后里云", "Hant")])
def test_scripts_are_told_apart(text, script):
    assert chinese_script(text) == script


def test_simplifying_keeps_the_length_and_knows_the_variants():
    assert to_simplified("著力健全乾隆年間的乾燥設備") == "着力健全乾隆年间的干燥设备"
