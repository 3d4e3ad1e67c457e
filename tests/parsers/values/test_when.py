"""Times in words, told on Wednesday, 6 May 2026, at ten o'clock in Berlin."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from parsers.values.when import When, find_times

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 5, 6, 10, 0, tzinfo=BERLIN)

# The text, and the start and the end of what it tells; "..." where the end is open.
ENGLISH = [
    ("Could we meet next Tuesday at 3pm for 30 minutes?", "12.05. 15:00", "12.05. 15:30"),
    ("any time on Thursday afternoon", "07.05. 12:00", "07.05. 18:00"),
    ("the week of 18 May would be best", "18.05. 00:00", "25.05. 00:00"),
    ("between 9 and 11 on Monday", "11.05. 09:00", "11.05. 11:00"),
    ("from 3 to 4:30pm on the 21st", "21.05. 15:00", "21.05. 16:30"),
    ("Mon 11 May 10:00-11:30", "11.05. 10:00", "11.05. 11:30"),
    ("Tuesday, May 12, 2026 at 9:00 AM", "12.05. 09:00", "12.05. 09:01"),
    ("in two weeks' time", "20.05. 00:00", "21.05. 00:00"),
    ("a week on Friday", "15.05. 00:00", "16.05. 00:00"),
    ("Friday week", "15.05. 00:00", "16.05. 00:00"),
    ("the day after tomorrow at noon", "08.05. 12:00", "08.05. 13:00"),
    ("May 12-14", "12.05. 00:00", "15.05. 00:00"),
    ("12-14 May", "12.05. 00:00", "15.05. 00:00"),
    ("Quarter to five on Thursday", "07.05. 16:45", "07.05. 16:46"),
    ("half past nine", "07.05. 09:30", "07.05. 09:31"),
    ("10.30am", "06.05. 10:30", "06.05. 10:31"),
    ("at 1530", "06.05. 15:30", "06.05. 15:31"),
    ("by Friday", "06.05. 10:00", "09.05. 00:00"),
    ("before Friday", "06.05. 10:00", "08.05. 00:00"),
    ("after 2pm tomorrow", "07.05. 14:00", "08.05. 00:00"),
    ("the last Friday of the month", "29.05. 00:00", "30.05. 00:00"),
    ("the first Monday in June", "01.06. 00:00", "02.06. 00:00"),
    ("end of May", "21.05. 00:00", "01.06. 00:00"),
    ("early next week", "11.05. 00:00", "14.05. 00:00"),
    ("tonight at 8", "06.05. 20:00", "06.05. 21:00"),
    ("in Q3", "01.07. 00:00", "01.10. 00:00"),
    ("March next year", "01.03.27 00:00", "01.04.27 00:00"),
    ("two hours from now", "06.05. 12:00", "06.05. 12:00"),
    ("since Monday", "11.05. 00:00", "..."),
    ("this Thu 9-11am", "07.05. 09:00", "07.05. 11:00"),
    ("I'll be out 5 to 6pm", "06.05. 17:00", "06.05. 18:00"),
    ("later than 9:30 but before 11:00 on Thursday", "07.05. 09:30", "07.05. 11:00"),
    ("after lunch tomorrow", "07.05. 13:00", "07.05. 17:00"),
    ("Could we do half an hour tomorrow afternoon, say 2:30?", "07.05. 14:30", "07.05. 15:00"),
    ("from Monday 10am to Tuesday 11am", "11.05. 10:00", "12.05. 11:00"),
    ("between the 11th and the 15th", "11.05. 00:00", "16.05. 00:00"),
    ("Let's meet Thursday at 12:30 for lunch", "07.05. 12:30", "07.05. 12:31"),
    ("from Monday", "11.05. 00:00", "..."),
    ("after Monday", "12.05. 00:00", "..."),
    ("Whit Monday", "25.05. 00:00", "26.05. 00:00"),
    ("2026-05-12T09:30:00Z", "12.05. 11:30", "12.05. 11:31"),
    ("tonight around 3", "07.05. 03:00", "07.05. 04:00"),
    ("the first Monday afternoon of next month", "01.06. 12:00", "01.06. 18:00"),
    ("the first Monday of next month, 1 to 3pm", "01.06. 13:00", "01.06. 15:00"),
    ("every first Monday at 9:30", "01.06. 09:30", "01.06. 09:31"),
    ("Could I stop by at 16:00?", "06.05. 16:00", "06.05. 16:01"),
    ("meet 2mrw 3pm?", "07.05. 15:00", "07.05. 16:00"),
    ("45 minutes next week", "11.05. 00:00", "18.05. 00:00"),
]
GERMAN = [
    ("Passt dir nächsten Dienstag um 15 Uhr?", "12.05. 15:00", "12.05. 16:00"),
    ("am 12. Mai um halb zehn", "12.05. 09:30", "12.05. 09:31"),
    ("am 12.5. von 9 bis 11 Uhr", "12.05. 09:00", "12.05. 11:00"),
    ("Mi, 13.5., 14-15 Uhr", "13.05. 14:00", "13.05. 15:00"),
    ("kommende Woche Mittwoch", "13.05. 00:00", "14.05. 00:00"),
    ("morgen früh um 8", "07.05. 08:00", "07.05. 09:00"),
    ("Dienstag morgen", "12.05. 08:00", "12.05. 12:00"),
    ("Freitagvormittag", "08.05. 08:00", "08.05. 12:00"),
    ("übermorgen Nachmittag", "08.05. 12:00", "08.05. 18:00"),
    ("in acht Tagen", "13.05. 00:00", "14.05. 00:00"),
    ("Montag in acht Tagen", "18.05. 00:00", "19.05. 00:00"),
    ("KW 21", "18.05. 00:00", "25.05. 00:00"),
    ("die Woche ab dem 18. Mai", "18.05. 00:00", "25.05. 00:00"),
    ("Viertel vor 5", "06.05. 16:45", "06.05. 16:46"),
    ("dreiviertel zehn", "07.05. 09:45", "07.05. 09:46"),
    ("vom 18. bis 20. Mai", "18.05. 00:00", "21.05. 00:00"),
    ("bis spätestens 18 Uhr", "06.05. 10:00", "06.05. 18:00"),
    ("Ende nächster Woche", "15.05. 00:00", "18.05. 00:00"),
    ("nächstes Jahr im März", "01.03.27 00:00", "01.04.27 00:00"),
    ("naechsten Dienstag", "12.05. 00:00", "13.05. 00:00"),
    ("am siebenundzwanzigsten Mai", "27.05. 00:00", "28.05. 00:00"),
    ("am Morgen des 15. Mai", "15.05. 08:00", "15.05. 12:00"),
    ("Mittwoch in zwei Wochen", "20.05. 00:00", "21.05. 00:00"),
    ("erste Juniwoche", "01.06. 00:00", "08.06. 00:00"),
    ("Pfingstmontag", "25.05. 00:00", "26.05. 00:00"),
]
FRENCH = [
    ("On se voit mardi prochain à 15h ?", "12.05. 15:00", "12.05. 16:00"),
    ("le 12 mai à 9h30", "12.05. 09:30", "12.05. 09:31"),
    ("entre 9h et 11h lundi", "11.05. 09:00", "11.05. 11:00"),
    ("du 18 au 20 mai", "18.05. 00:00", "21.05. 00:00"),
    ("dans quinze jours", "20.05. 00:00", "21.05. 00:00"),
    ("demain matin à 8h", "07.05. 08:00", "07.05. 09:00"),
    ("lundi en huit", "18.05. 00:00", "19.05. 00:00"),
    ("neuf heures moins le quart", "07.05. 08:45", "07.05. 08:46"),
    ("à trois heures et quart cet après-midi", "06.05. 15:15", "06.05. 15:16"),
    ("la semaine du 18 mai", "18.05. 00:00", "25.05. 00:00"),
    ("le lendemain du 13 mai", "14.05. 00:00", "15.05. 00:00"),
    ("la première quinzaine de juin", "01.06. 00:00", "15.06. 00:00"),
    ("vendredi 15 à 16h", "15.05. 16:00", "15.05. 17:00"),
    ("de 17h à 18h vendredi", "08.05. 17:00", "08.05. 18:00"),
    ("le 17 06", "17.06. 00:00", "18.06. 00:00"),
    ("1er juin", "01.06. 00:00", "02.06. 00:00"),
    ("vendredi en fin de journée", "08.05. 17:00", "08.05. 21:00"),
]
SPANISH = [
    ("primer lunes de 13:00 a 15:00 de próximo mes", "01.06. 13:00", "01.06. 15:00"),
    ("45 minutos la próxima semana", "11.05. 00:00", "18.05. 00:00"),
    ("¿Te va bien el martes que viene a las 15:00?", "12.05. 15:00", "12.05. 15:01"),
    ("el 12 de mayo a las nueve y media", "12.05. 09:30", "12.05. 09:31"),
    ("entre las 9 y las 11 el lunes", "11.05. 09:00", "11.05. 11:00"),
    ("del 18 al 20 de mayo", "18.05. 00:00", "21.05. 00:00"),
    ("mañana", "07.05. 00:00", "08.05. 00:00"),
    ("mañana por la mañana a las 8", "07.05. 08:00", "07.05. 09:00"),
    ("pasado mañana por la tarde", "08.05. 16:00", "08.05. 20:00"),
    ("a las tres y media", "06.05. 15:30", "06.05. 15:31"),
    ("las nueve menos cuarto", "07.05. 08:45", "07.05. 08:46"),
    ("la semana del 18 de mayo", "18.05. 00:00", "25.05. 00:00"),
    ("dentro de quince días", "20.05. 00:00", "21.05. 00:00"),
    ("el primer lunes de junio", "01.06. 00:00", "02.06. 00:00"),
    ("hoy a las once y cuarenta y cinco", "06.05. 11:45", "06.05. 11:46"),
    ("en la 4ª semana de junio", "22.06. 00:00", "29.06. 00:00"),
    ("30 minutos el jueves", "07.05. 00:00", "08.05. 00:00"),
]
ITALIAN = [
    ("mercoledì 13 alle 11", "13.05. 11:00", "13.05. 12:00"),
    ("45 minuti la prossima settimana", "11.05. 00:00", "18.05. 00:00"),
    ("venti alle tre", "06.05. 14:40", "06.05. 14:41"),
    ("Va bene martedì prossimo alle 15?", "12.05. 15:00", "12.05. 16:00"),
    ("il 12 maggio alle nove e mezza", "12.05. 09:30", "12.05. 09:31"),
    ("tra le 9 e le 11 di lunedì", "11.05. 09:00", "11.05. 11:00"),
    ("dal 18 al 20 maggio", "18.05. 00:00", "21.05. 00:00"),
    ("domani mattina alle 8", "07.05. 08:00", "07.05. 09:00"),
    ("fra una settimana", "13.05. 00:00", "14.05. 00:00"),
    ("le nove meno un quarto", "07.05. 08:45", "07.05. 08:46"),
    ("alle tre e mezza", "06.05. 15:30", "06.05. 15:31"),
    ("alle 14.30", "06.05. 14:30", "06.05. 14:31"),
    ("la settimana del 18 maggio", "18.05. 00:00", "25.05. 00:00"),
    ("domattina alle 9", "07.05. 09:00", "07.05. 10:00"),
    ("alle tre e venti", "06.05. 15:20", "06.05. 15:21"),
    ("dalle 14", "06.05. 14:00", "..."),
    ("a fine maggio", "21.05. 00:00", "01.06. 00:00"),
    ("entro venerdì", "06.05. 10:00", "09.05. 00:00"),
]
DUTCH = [
    ("Kan het volgende week dinsdag om 15.00 uur?", "12.05. 15:00", "12.05. 15:01"),
    ("op 12 mei om half tien", "12.05. 09:30", "12.05. 09:31"),
    ("tussen 9 en 11 uur op maandag", "11.05. 09:00", "11.05. 11:00"),
    ("van 18 tot 20 mei", "18.05. 00:00", "21.05. 00:00"),
    ("morgenochtend om 8 uur", "07.05. 08:00", "07.05. 09:00"),
    ("overmorgenmiddag", "08.05. 12:00", "08.05. 18:00"),
    ("over een kwartier", "06.05. 10:15", "06.05. 10:15"),
    ("tien over half vier", "06.05. 15:40", "06.05. 15:41"),
    ("om 3 uur 's middags", "06.05. 15:00", "06.05. 16:00"),
    ("de week van 18 mei", "18.05. 00:00", "25.05. 00:00"),
    ("volgende maandagmorgen 6-8", "11.05. 06:00", "11.05. 08:00"),
    ("volgende avond tussen 22.30 en 23.45", "07.05. 22:30", "07.05. 23:45"),
    ("aanstaande vrijdag", "08.05. 00:00", "09.05. 00:00"),
]
PORTUGUESE = [
    ("Podemos nos reunir na próxima terça-feira às 15h?", "12.05. 15:00", "12.05. 16:00"),
    ("no dia 12 de maio às nove e meia", "12.05. 09:30", "12.05. 09:31"),
    ("de 18 a 20 de maio", "18.05. 00:00", "21.05. 00:00"),
    ("amanhã de manhã às 9", "07.05. 09:00", "07.05. 10:00"),
    ("depois de amanhã à tarde", "08.05. 12:00", "08.05. 18:00"),
    ("daqui a duas semanas", "20.05. 00:00", "21.05. 00:00"),
]
TOLD = [
    (language, *row)
    for language, rows in {
        "en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN, "nl": DUTCH,
        "pt": PORTUGUESE,
    }.items()
    for row in rows
]  # fmt: skip


def moment(text: str) -> datetime:
    """`12.05. 15:00`, of 2026 where no year is said."""
    day, _, hour = text.partition(" ")
    numbers, _, year = day.rpartition(".")
    whole = f"{numbers}.{2000 + int(year or 26)} {hour} +0000"
    return datetime.strptime(whole, "%d.%m.%Y %H:%M %z").replace(tzinfo=BERLIN)


@pytest.mark.parametrize(("language", "text", "start", "end"), TOLD)
def test_times_in_words(language: str, text: str, start: str, end: str) -> None:
    [found] = find_times(text, AT, [language])
    assert found.start == moment(start)
    if end == "...":
        assert found.bound == "after"
    else:
        assert found.end == moment(end)


@pytest.mark.parametrize(("language", "text", "start", "end"), TOLD)
def test_the_same_where_the_language_is_not_told(
    language: str, text: str, start: str, end: str
) -> None:
    unsure = {"May 12-14", "12-14 May", "KW 21", "in Q3", "mañana", "10.30am"}
    starts = [found.start for found in find_times(text, AT)]
    assert moment(start) in starts or text in unsure


SILENT = [
    ("en", "Version 2.3.1 costs $12.50, 20% less than the 4.2 you have"),
    ("en", "call me at +49 30 1234567 or (206) 555-1212"),
    ("en", "I may march on, this may take long, and Mars is far"),
    ("en", "She sat down in the sun for a second"),
    ("en", "We have 12 people, 3 rooms and a 16:9 screen"),
    ("en", "see section 4.2 and page 12"),
    ("en", "the second option, the first one, on second thought"),
    ("en", "it is 5 to 10 times faster, available 24/7"),
    ("en", "the boy took money from the ATM"),
    ("en", "Good morning Paul"),
    ("en", "refused at 550 with @9h and 20 hours"),
    ("en", "This may take longer than it may seem"),
    ("en", "order ABC-12345-A1B2C3, ssn 123-12-1234"),
    ("de", "Rechnung Nr. 4711 über 1.200,00 EUR"),
    ("de", "Er ist so nett. Guten Morgen Paul, das ist so."),
    ("de", "der erste Eindruck, zweite Wahl, 3,5 Prozent"),
    ("fr", "Il est très content, nous sommes 3 personnes à une table au 3e étage"),
    ("fr", "cet homme n'a pas été là"),
    ("es", "somos 3 personas a 3 kilómetros, la segunda opción, ya está"),
    ("fr", "Il y a 2-4 personnes dans la salle"),
    ("nl", "Toon verkoop in de eerste week, dat is zo."),
    ("it", "siamo in 3 persone, la seconda opzione"),
    ("nl", "we zijn met 3 personen, de tweede optie"),
    ("pt", "Bom dia Paulo, somos 3 pessoas"),
]


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_silent_where_there_is_no_time(language: str, text: str) -> None:
    assert [found.quote for found in find_times(text, AT, [language])] == []


def starts(text: str, language: str = "en", at: datetime = AT) -> list[str]:
    return [f"{found.start:%d.%m. %H:%M}" for found in find_times(text, at, [language])]


LISTS = [
    ("en", "Tuesday or Thursday after 3", ["12.05. 15:00", "07.05. 15:00"]),
    ("en", "tomorrow at 9 or 10", ["07.05. 09:00", "07.05. 10:00"]),
    ("en", "at 9 or 10 tomorrow", ["07.05. 09:00", "07.05. 10:00"]),
    ("en", "Monday 8-9am or 9-10am", ["11.05. 08:00", "11.05. 09:00"]),
    ("en", "I am looking at 18 and 19 June", ["18.06. 00:00", "19.06. 00:00"]),
    ("en", "next week on Tuesday or Thursday", ["12.05. 00:00", "14.05. 00:00"]),
    (
        "en",
        "Tuesday 2-4pm, Wednesday morning or Thursday any time after 11",
        ["12.05. 14:00", "13.05. 08:00", "07.05. 11:00"],
    ),
    ("en", "Either Monday at 10 or Wednesday at 2", ["11.05. 10:00", "13.05. 14:00"]),
    (
        "de",
        "Dienstag 14-16 Uhr, Mittwoch vormittags oder Donnerstag ab 11 Uhr",
        ["12.05. 14:00", "13.05. 08:00", "07.05. 11:00"],
    ),
    ("de", "Donnerstag oder Freitag nach 14 Uhr", ["07.05. 14:00", "08.05. 14:00"]),
    ("fr", "jeudi ou vendredi après 14h", ["07.05. 14:00", "08.05. 14:00"]),
    ("fr", "jeudi ou vendredi de la semaine prochaine", ["14.05. 00:00", "15.05. 00:00"]),
    ("es", "el jueves o el viernes por la tarde", ["07.05. 16:00", "08.05. 16:00"]),
    ("it", "giovedì o venerdì dopo le 14", ["07.05. 14:00", "08.05. 14:00"]),
    ("nl", "donderdag of vrijdag na 14 uur", ["07.05. 14:00", "08.05. 14:00"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), LISTS)
def test_one_or_the_other(language: str, text: str, expected: list[str]) -> None:
    assert starts(text, language) == expected


def only(text: str, language: str = "en", at: datetime = AT) -> When:
    [found] = find_times(text, at, [language])
    return found


UNCLEAR = [
    ("12/05/2026 at 10", "order"),
    ("next Friday", "weekday"),
    ("on Wednesday", "weekday"),
    ("Thursday at 7", "half_day"),
    ("4 May", "year"),
    ("3pm your time", "zone"),
    ("one morning", "day"),
]


@pytest.mark.parametrize(("text", "why"), UNCLEAR)
def test_what_is_ambiguous_is_said_to_be(text: str, why: str) -> None:
    assert why in only(text).unclear


def test_what_else_may_be_meant() -> None:
    assert only("next Friday").others == (moment("08.05. 00:00"),)
    assert only("Thursday at 7").others == (moment("07.05. 19:00"),)
    assert only("12/05/2026").others == (moment("12.05. 00:00"),)
    assert only("Thursday at 3").unclear == ()


def test_a_region_decides_the_order() -> None:
    [found] = find_times("12/05/2026", AT, ["en-GB"])
    assert found.start == moment("12.05. 00:00")


ZONES = [
    ("tomorrow at 3pm EST", "07.05. 21:00"),
    ("tomorrow at 3pm EDT", "07.05. 21:00"),
    ("tomorrow 14:30 CET", "07.05. 14:30"),
    ("tomorrow 14:30 GMT", "07.05. 16:30"),
    ("tomorrow 14:30 UTC+3", "07.05. 13:30"),
    ("tomorrow 9 am (BST)", "07.05. 10:00"),
]


@pytest.mark.parametrize(("text", "start"), ZONES)
def test_other_zones_in_the_readers_own(text: str, start: str) -> None:
    found = only(text)
    assert found.start == moment(start)
    assert found.zone


def test_a_winter_name_in_summer_is_unclear() -> None:
    found = only("tomorrow 14:30 CET")
    assert found.unclear == ("zone",)
    assert found.others == (moment("07.05. 15:30"),)


REPEATED = [
    ("en", "every Monday at 9", "FREQ=WEEKLY;BYDAY=MO"),
    ("en", "every other Tuesday at 10", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("de", "jeden Montag um 9 Uhr", "FREQ=WEEKLY;BYDAY=MO"),
    ("fr", "tous les lundis à 9h", "FREQ=WEEKLY;BYDAY=MO"),
    ("es", "cada lunes a las 9", "FREQ=WEEKLY;BYDAY=MO"),
    ("it", "ogni lunedì alle 9", "FREQ=WEEKLY;BYDAY=MO"),
    ("nl", "elke maandag om 9 uur", "FREQ=WEEKLY;BYDAY=MO"),
    ("en", "every weekday at 9:15", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
    ("de", "werktags um 9:15", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
    ("en", "every day at 9am", "FREQ=DAILY"),
]


@pytest.mark.parametrize(("language", "text", "rule"), REPEATED)
def test_again_and_again(language: str, text: str, rule: str) -> None:
    found = only(text, language)
    assert found.repeats == rule
    assert found.start.hour in {9, 10}


def test_how_long_it_lasts() -> None:
    assert only("Tuesday at 3pm for 45 minutes").lasting == timedelta(minutes=45)
    within = only("30 minutes on Thursday")
    assert (within.lasting, within.grain) == (timedelta(minutes=30), "day")


def test_where_it_stands_and_that_it_travels() -> None:
    text = "Hello, does Friday at 4pm work?"
    found = only(text)
    assert text[found.at :].startswith(found.quote) == (found.quote == "Friday at 4pm")
    assert When.model_validate_json(found.model_dump_json()) == found


def test_the_hour_that_is_skipped_and_the_one_that_comes_twice() -> None:
    spring = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    assert only("tomorrow at 2:30am", at=spring).start.astimezone(UTC).hour == 1
    assert only("in 24 hours", at=spring).start.astimezone(UTC) - spring.astimezone(
        UTC
    ) == timedelta(hours=24)


def test_said_on_that_weekday_later_today_comes_first() -> None:
    assert starts("Wednesday at 3pm") == ["06.05. 15:00"]
    assert starts("Wednesday") == ["13.05. 00:00"]
    assert starts("Wednesday at 9am") == ["13.05. 09:00"]
