"""The words that we add to the user's own, by language.

A language is one `Strings` of its own; `for_language` finds it. Braces are filled with
`str.format`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Strings:
    workbook: str = "Workbook"
    handout: str = "Handout"
    slides: str = "Workshop slides"
    minutes: str = "{count} min"
    contents: str = "Contents"
    agenda: str = "Agenda"
    theme_of: str = "Theme {number} of {count}"
    question_of: str = "{number} of {count}"
    question: str = "Question {number}"
    question_continued: str = "Question {number}, continued"
    questions_one: str = "{count} question"
    questions_many: str = "{count} questions"
    themes_one: str = "{count} theme"
    themes_many: str = "{count} themes"
    questions_in_themes: str = "{questions} in {themes}"
    continued: str = "{title} ({part} of {count})"
    name: str = "Name"
    mentor: str = "Mentor"
    begun_on: str = "Begun on"
    how_to_use: str = "How to use this workbook"
    how_to_steps: tuple[str, ...] = (
        "Read the introduction of a theme and tick the questions that you want to start with.",
        "Before you meet, choose three or four. Leave the rest for another time.",
        "Ask, listen, and write down what you hear in your own words, while it is fresh.",
        "When a theme is done, turn to the last pages: what stood out, and what you will do.",
    )
    tick_to_start: str = "Tick the ones you want to start with."
    after: str = "After the conversations"
    stood_out: str = "What stood out"
    action_plan: str = "Action plan"
    what: str = "What I will do"
    by_when: str = "By when"
    done: str = "Done"
    notes: str = "Notes"
    handout_hint: str = "Tick three or four before you meet; leave the rest for next time."
    answer_prompt: str = "Click here and type your answer."
    page_of: str = "Page {page} of {count}"
    overview: str = "The questions"
    closing: str = "Thank you"
    closing_hint: str = "Which question will you ask first?"
    followups: str = "Follow-up questions"
    workbook_page: str = "Workbook page {page}"
    for_facilitator: str = "For the facilitator"
    back_to_agenda: str = "Agenda"

    def questions(self, count: int) -> str:
        return (self.questions_one if count == 1 else self.questions_many).format(count=count)

    def themes(self, count: int) -> str:
        return (self.themes_one if count == 1 else self.themes_many).format(count=count)

    def summary(self, questions: int, themes: int) -> str:
        """`40 questions in 4 themes`."""
        return self.questions_in_themes.format(
            questions=self.questions(questions), themes=self.themes(themes)
        )


ENGLISH = Strings()

LANGUAGES: dict[str, Strings] = {
    "en": ENGLISH,
    "de": Strings(
        workbook="Arbeitsheft",
        handout="Handzettel",
        slides="Folien zum Workshop",
        contents="Inhalt",
        agenda="Übersicht",
        theme_of="Thema {number} von {count}",
        question_of="{number} von {count}",
        question="Frage {number}",
        question_continued="Frage {number}, Fortsetzung",
        questions_one="{count} Frage",
        questions_many="{count} Fragen",
        themes_one="{count} Thema",
        themes_many="{count} Themen",
        questions_in_themes="{questions}, {themes}",
        continued="{title} ({part} von {count})",
        name="Name",
        mentor="Mentor oder Mentorin",
        begun_on="Begonnen am",
        how_to_use="So benutzt du dieses Heft",
        how_to_steps=(
            "Lies die Einleitung eines Themas und kreuze die Fragen an, mit denen du beginnst.",
            "Wähle vor dem Treffen drei oder vier aus. Der Rest hat Zeit.",
            "Frag, hör zu und schreib in eigenen Worten auf, was du hörst, solange es frisch ist.",
            "Nach einem Thema helfen die letzten Seiten: was hängen blieb und was du tun willst.",
        ),
        tick_to_start="Kreuze an, womit du beginnen willst.",
        after="Nach den Gesprächen",
        stood_out="Was hängen blieb",
        action_plan="Vorhaben",
        what="Was ich tun werde",
        by_when="Bis wann",
        done="Erledigt",
        notes="Notizen",
        handout_hint="Kreuze vor dem Treffen drei oder vier an; der Rest hat Zeit.",
        answer_prompt="Klicke hier und schreibe deine Antwort.",
        page_of="Seite {page} von {count}",
        overview="Die Fragen",
        closing="Vielen Dank",
        closing_hint="Welche Frage stellst du zuerst?",
        followups="Nachfragen",
        workbook_page="Arbeitsheft Seite {page}",
        for_facilitator="Für die Moderation",
        back_to_agenda="Übersicht",
    ),
    "fr": Strings(
        workbook="Cahier",
        handout="Feuille de questions",
        slides="Diapositives de l’atelier",
        contents="Sommaire",
        agenda="Programme",
        theme_of="Thème {number} sur {count}",
        question_of="{number} sur {count}",
        question="Question {number}",
        question_continued="Question {number}, suite",
        questions_one="{count} question",
        questions_many="{count} questions",
        themes_one="{count} thème",
        themes_many="{count} thèmes",
        questions_in_themes="{questions}, {themes}",
        continued="{title} ({part} sur {count})",
        name="Nom",
        mentor="Mentor ou mentore",
        begun_on="Commencé le",
        how_to_use="Comment utiliser ce cahier",
        how_to_steps=(
            "Lisez l’introduction d’un thème et cochez les questions par lesquelles commencer.",
            "Avant la rencontre, choisissez-en trois ou quatre. Gardez le reste pour plus tard.",
            "Demandez, écoutez, et notez ce que vous entendez avec vos mots, sans attendre.",
            "Un thème achevé, allez aux dernières pages : ce qui a marqué, ce que vous ferez.",
        ),
        tick_to_start="Cochez celles par lesquelles commencer.",
        after="Après les entretiens",
        stood_out="Ce qui a marqué",
        action_plan="Plan d’action",
        what="Ce que je ferai",
        by_when="Pour quand",
        done="Fait",
        notes="Notes",
        handout_hint="Cochez-en trois ou quatre avant la rencontre ; le reste attendra.",
        answer_prompt="Cliquez ici pour écrire votre réponse.",
        page_of="Page {page} sur {count}",
        overview="Les questions",
        closing="Merci",
        closing_hint="Quelle question poserez-vous en premier ?",
        followups="Pour aller plus loin",
        workbook_page="Cahier, page {page}",
        for_facilitator="Pour l’animation",
        back_to_agenda="Programme",
    ),
    "es": Strings(
        workbook="Cuaderno",
        handout="Hoja de preguntas",
        slides="Diapositivas del taller",
        contents="Índice",
        agenda="Programa",
        theme_of="Tema {number} de {count}",
        question_of="{number} de {count}",
        question="Pregunta {number}",
        question_continued="Pregunta {number}, continuación",
        questions_one="{count} pregunta",
        questions_many="{count} preguntas",
        themes_one="{count} tema",
        themes_many="{count} temas",
        questions_in_themes="{questions} en {themes}",
        continued="{title} ({part} de {count})",
        name="Nombre",
        mentor="Mentor o mentora",
        begun_on="Fecha de inicio",
        how_to_use="Cómo usar este cuaderno",
        how_to_steps=(
            "Lee la introducción de un tema y marca las preguntas con las que quieres empezar.",
            "Antes de la reunión, elige tres o cuatro. Deja las demás para otra ocasión.",
            "Pregunta, escucha y anota con tus palabras lo que oyes, mientras está fresco.",
            "Al terminar un tema, ve a las últimas páginas: qué destacó y qué vas a hacer.",
        ),
        tick_to_start="Marca aquellas con las que quieres empezar.",
        after="Después de las conversaciones",
        stood_out="Lo que destacó",
        action_plan="Plan de acción",
        what="Lo que haré",
        by_when="Para cuándo",
        done="Hecho",
        notes="Notas",
        handout_hint="Marca tres o cuatro antes de la reunión; deja las demás para otra vez.",
        answer_prompt="Haz clic aquí y escribe tu respuesta.",
        page_of="Página {page} de {count}",
        overview="Las preguntas",
        closing="Gracias",
        closing_hint="¿Qué pregunta harás primero?",
        followups="Para profundizar",
        workbook_page="Cuaderno, página {page}",
        for_facilitator="Para quien modera",
        back_to_agenda="Programa",
    ),
    "pt": Strings(
        workbook="Caderno",
        handout="Folha de perguntas",
        slides="Slides do workshop",
        contents="Sumário",
        agenda="Programa",
        theme_of="Tema {number} de {count}",
        question_of="{number} de {count}",
        question="Pergunta {number}",
        question_continued="Pergunta {number}, continuação",
        questions_one="{count} pergunta",
        questions_many="{count} perguntas",
        themes_one="{count} tema",
        themes_many="{count} temas",
        questions_in_themes="{questions} em {themes}",
        continued="{title} ({part} de {count})",
        name="Nome",
        mentor="Mentor ou mentora",
        begun_on="Data de início",
        how_to_use="Como usar este caderno",
        how_to_steps=(
            "Leia a introdução de um tema e marque as perguntas com que quer começar.",
            "Antes do encontro, escolha três ou quatro. Deixe as outras para depois.",
            "Pergunte, escute e anote com suas palavras o que ouvir, enquanto está fresco.",
            "Ao fim de um tema, vá às últimas páginas: o que marcou e o que vai fazer.",
        ),
        tick_to_start="Marque aquelas com que quer começar.",
        after="Depois das conversas",
        stood_out="O que marcou",
        action_plan="Plano de ação",
        what="O que vou fazer",
        by_when="Até quando",
        done="Feito",
        notes="Notas",
        handout_hint="Marque três ou quatro antes do encontro; deixe as outras para a próxima vez.",
        answer_prompt="Clique aqui e escreva a sua resposta.",
        page_of="Página {page} de {count}",
        overview="As perguntas",
        closing="Obrigado",
        closing_hint="Que pergunta fará primeiro?",
        followups="Para aprofundar",
        workbook_page="Caderno, página {page}",
        for_facilitator="Para quem modera",
        back_to_agenda="Programa",
    ),
}


def for_language(lang: str) -> Strings:
    """The words for a BCP 47 tag: by its primary language, else English."""
    return LANGUAGES.get(lang.replace("_", "-").split("-")[0].lower(), ENGLISH)
