"""The language of a list: guessed from three questions, or understood from its name."""

from pathlib import Path

import pytest

from generator import readers
from generator.readers.language import guess, tag_of

QUESTIONS = {
    "en": "What did you learn last year? Who helped you most? How do you rest?",
    "de": "Was hast du im letzten Jahr gelernt? Wer hat dir geholfen? Wie ruhst du dich aus?",
    "fr": "Qu'avez-vous appris cette année ? Qui vous a aidé ? Comment vous reposez-vous ?",
    "es": "¿Qué has aprendido este año? ¿Quién te ayudó más? ¿Cómo descansas?",
    "pt": "O que você aprendeu este ano? Quem mais ajudou você? Como você descansa?",
    "it": "Che cosa hai imparato quest’anno? Chi ti ha aiutato di più? Come ti riposi?",
    "nl": "Wat heb je dit jaar geleerd? Wie heeft je het meest geholpen? Hoe rust je uit?",
    "sv": "Vad har du lärt dig i år? Vem hjälpte dig mest? Hur vilar du?",
    "da": "Hvad har du lært i år? Hvem hjalp dig mest? Hvordan hviler du dig?",
    "nb": "Hva har du lært i år? Hvem hjalp deg mest? Hvordan hviler du?",
    "fi": "Mitä olet oppinut tänä vuonna? Kuka auttoi sinua eniten? Miten lepäät?",
    "pl": "Czego się nauczyłeś w tym roku? Kto ci najbardziej pomógł? Jak odpoczywasz?",
    "cs": "Co jste se letos naučili? Kdo vám nejvíce pomohl? Jak odpočíváte?",
    "sk": "Čo ste sa tento rok naučili? Kto vám najviac pomohol? Ako oddychujete?",
    "hu": "Mit tanultál az idén? Ki segített neked a legtöbbet? Hogyan pihensz?",
    "ro": "Ce ai învățat anul acesta? Cine te-a ajutat cel mai mult? Cum te odihnești?",
    "tr": "Bu yıl ne öğrendiniz? Size en çok kim yardım etti? Nasıl dinlenirsiniz?",
    "id": "Apa yang Anda pelajari tahun ini? Siapa yang membantu Anda? Bagaimana Anda istirahat?",
    "vi": "Bạn đã học được gì trong năm nay? Ai đã giúp bạn? Bạn nghỉ ngơi như thế nào?",
    "ca": "Què has après aquest any? Qui t’ha ajudat més? Com descanses els caps de setmana?",
    "hr": "Što ste naučili ove godine? Tko vam je najviše pomogao? Kako se odmarate?",
    "sl": "Kaj ste se naučili letos? Kdo vam je najbolj pomagal? Kako počivate?",
    "et": "Mida sa sel aastal õppisid? Kes aitas sind kõige rohkem? Kuidas sa puhkad?",
    "lv": "Ko jūs šogad iemācījāties? Kas jums visvairāk palīdzēja? Kā jūs atpūšaties?",
    "lt": "Ką šiais metais išmokote? Kas jums labiausiai padėjo? Kaip jūs ilsitės?",
    "ru": "Чему вы научились в этом году? Кто вам помог? Как вы отдыхаете?",
    "uk": "Чого ви навчилися цього року? Хто вам допоміг? Як ви відпочиваєте?",
    "bg": "Какво научихте тази година? Кой ви помогна най-много? Как си почивате?",
    "sr": "Шта сте научили ове године? Ко вам је највише помогао? Како се одмарате?",
    "ar": "ماذا تعلمت هذا العام؟ من ساعدك أكثر؟ كيف ترتاح؟",
    "fa": "امسال چه یاد گرفتید؟ چه کسی به شما کمک کرد؟ چگونه استراحت می‌کنید؟",
    "ur": "آپ نے اس سال کیا سیکھا؟ آپ کی مدد کس نے کی؟ آپ کیسے آرام کرتے ہیں؟",
    "hi": "आपने इस साल क्या सीखा? आपकी मदद किसने की? आप कैसे आराम करते हैं?",
    "mr": "तुम्ही या वर्षी काय शिकलात? तुमची मदत कोणी केली? तुम्ही कसे आहात?",
    "zh": "今年你学到了什么？谁帮助你最多？你怎么休息？",
    "zh-Hant": "今年你學到了什麼？誰幫助你最多？你們怎麼休息？",
    "ja": "今年は何を学びましたか？誰が一番助けてくれましたか？",
    "ko": "올해 무엇을 배웠습니까? 누가 가장 많이 도와주었습니까?",
    "el": "Τι μάθατε φέτος; Ποιος σας βοήθησε περισσότερο;",
    "he": "מה למדתם השנה? מי עזר לכם יותר מכולם?",
    "th": "ปีนี้คุณเรียนรู้อะไร ใครช่วยคุณมากที่สุด",
}  # fmt: skip


@pytest.mark.parametrize(("tag", "text"), QUESTIONS.items(), ids=QUESTIONS)
def test_three_questions_tell_the_language(tag: str, text: str) -> None:
    found = guess(text)
    assert found and found.tag == tag, found


@pytest.mark.parametrize("text", ["", "1 2 3", "Name Age", "Kubernetes Terraform", "𐒰𐒷 𐒰"])
def test_what_says_too_little_is_not_guessed(text: str) -> None:
    assert guess(text) is None


def test_terms_and_quoted_words_of_another_script_do_not_decide() -> None:
    assert guess("你用过 JavaScript、TypeScript 和 Python 吗？ React 呢？").tag == "zh"  # type: ignore[union-attr]
    assert guess("What does “Schadenfreude” or 気 mean to you, and to the team?").tag == "en"  # type: ignore[union-attr]


def test_a_guess_says_what_it_goes_by() -> None:
    french, hebrew = guess(QUESTIONS["fr"]), guess(QUESTIONS["he"])
    assert french and hebrew
    assert french.reason == "has words such as vous, comment, qui"
    assert hebrew.reason == "is written in Hebrew characters"


@pytest.mark.parametrize(
    ("named", "tag"),
    [
        ("de", "de"),
        ("PT-br", "pt-BR"),
        ("zh_CN", "zh-CN"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en_US.UTF-8", "en-US"),
        ("German", "de"),
        (" deutsch ", "de"),
        ("Farsi", "fa"),
        ("日本語", "ja"),
        ("Allemand", "de"),
        ("Brazilian Portuguese", "pt-BR"),
        ("Swahili", "sw"),
        ("Elvish of Mirkwood", ""),
        ("", ""),
    ],
)
def test_a_language_is_understood_by_tag_or_name(named: str, tag: str) -> None:
    assert tag_of(named) == tag


def read(text: str, folder: Path) -> tuple[str, list[str]]:
    """The language of a set and the notes about it, each with its hint."""
    path = folder / "set.md"
    path.write_text(text, encoding="utf-8")
    made, found = readers.read(path)
    assert all(each.severity == "note" for each in found)
    return made.lang, [f"{each.message} ({each.hint})" for each in found if "lang" in each.message]


def test_a_set_without_a_language_has_that_of_its_text_and_says_so(tmp_path: Path) -> None:
    lang, said = read("# Rencontre\n\n1. Qui vous a aidé ?\n2. Que faites-vous ?\n", tmp_path)
    assert (lang, said) == (
        "fr",
        [
            "no language is given; it is taken to be French, as the text has words such as vous, "
            "que, qui (write `lang: fr` at the top of the file to be sure)"
        ],
    )


def test_where_the_text_does_not_tell_it_is_english(tmp_path: Path) -> None:
    lang, said = read("".join(f"- Zorb flam {n} quux?\n" for n in range(9)), tmp_path)
    assert lang == "en"
    assert said == [
        "no language is given, and the text is not clear; it is taken to be English "
        "(write it at the top of the file, as in `lang: de`)"
    ]
    assert read("- Why?\n", tmp_path) == ("en", [])
    assert read("- What did you learn?\n- Who helped you?\n", tmp_path) == ("en", [])


@pytest.mark.parametrize("key", ["lang: German", "language: de", "lang: Deutsch"])
def test_a_language_that_is_given_is_not_doubted(key: str, tmp_path: Path) -> None:
    assert read(f"---\n{key}\n---\n- What did you learn, and who helped?\n", tmp_path) == ("de", [])


def test_where_a_format_has_no_place_for_the_language_the_hint_says_what_else_to_do(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Frage\nWas hast du gelernt?\nWer hat dir geholfen?\n", encoding="utf-8")
    made, found = readers.read(path)
    hints = [each.hint for each in found if "no language is given" in each.message]
    assert made.lang == "de"
    assert hints == [
        "if it is another, `convert` the list to Markdown and correct `lang:` at its top"
    ]
