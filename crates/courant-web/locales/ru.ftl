### What a reader of the public site sees, in Russian.
### `$n` is a number that chooses the plural form; `$shown` is the same number as printed.

## Dates and zones. `$month` comes from month-1 … month-12.
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
weekday-1 = Понедельник
weekday-2 = Вторник
weekday-3 = Среда
weekday-4 = Четверг
weekday-5 = Пятница
weekday-6 = Суббота
weekday-7 = Воскресенье
date = { $day } { $month } { $year }
day = { $weekday }, { $day } { $month } { $year }
date-time = { $date }, { $clock } { $zone }
clock-zone = { $clock } { $zone }
times-are = Время на этой странице: { $zone }

## Around every page
skip = К новостям
menu = Меню
sections = Разделы
search = Найти
search-label = Поиск по новостям
all-news = Все новости
filter = Фильтр
languages = Новости на других языках
feed = Этот список в RSS
front-title = { $agency }: главные новости
front-description = Новости агентства { $agency } по мере выхода, сначала самые новые.
title = { $page } | { $agency }

## Marks
flash = Молния
bulletin = Экспресс
urgent = Срочно
updated = Дополнено
corrected = Исправлено
withheld = Приостановлено
killed = Аннулировано
taken-down = Снято
row-withheld = Приостановлено редакцией. Новость вернётся сюда, или здесь появится уведомление.

## Lists
latest = Последние новости
leading = Главное
dossiers = Сюжеты
topic-title = Тема: { $name }
dossier-title = Сюжет: { $name }
place-title = Место: { $name }
by-title = Автор: { $name }
newer = Новее
older = Раньше
days = Дни
archive = Архив
empty = Подходящих новостей нет.
empty-end = Более ранних новостей нет.
empty-day = В этот день новостей не выходило.
stories = { $n ->
    [one] { $shown } новость
    [few] { $shown } новости
    [many] { $shown } новостей
   *[other] { $shown } новости
}
hidden-by-filter = { $n ->
    [one] Фильтр скрыл { $shown } новость
    [few] Фильтр скрыл { $shown } новости
    [many] Фильтр скрыл { $shown } новостей
   *[other] Фильтр скрыл { $shown } новости
}
hidden-show = Показать
muted-by = Скрыто по слову «{ $mute }»
list-description = { $name }: новости агентства { $agency }, сначала самые новые.

## Filter
filter-what = Показывать только
filter-language = На языке
filter-urgency = Срочность
filter-urgency-any = любая
filter-urgency-most = { $name } и выше
filter-words = Со словами
filter-mute = Без слов
filter-show = Новости с ними
filter-show-hide = убрать и сосчитать
filter-show-collapse = свернуть
filter-also = Также действует
filter-without = кроме: { $list }
filter-apply = Показать
filter-clear = Показать всё
filter-problems = { $n ->
    [one] Не понята { $shown } часть фильтра
    [few] Не поняты { $shown } части фильтра
    [many] Не понято { $shown } частей фильтра
   *[other] Не понято { $shown } части фильтра
}

## Story
moved = Вышло
place = Место
version-label = Версия
correction = { $n ->
    [one] Исправление
    [few] Исправления
    [many] Исправления
   *[other] Исправления
}
picture-credit = Изображение: { $credit }
picture-terms = Условия использования
picture-licence = Получить лицензию
picture-by-machine = Создано программой
photo-killed = Изображение отозвано { $at }: { $reason }
map-label = Карта окрестностей: { $place }, { $coordinates }
map-coordinates = { $latitude }, { $longitude }
map-north = { $degrees }° с. ш.
map-south = { $degrees }° ю. ш.
map-east = { $degrees }° в. д.
map-west = { $degrees }° з. д.
pictures = { $n ->
    [one] { $shown } снимок
    [few] { $shown } снимка
    [many] { $shown } снимков
   *[other] { $shown } снимка
}
sources = Источники
other-forms = Эта новость в других видах
form-json = ninjs
form-xml = NewsML-G2
form-nitf = NITF
form-txt = текст
form-md = Markdown
slugline = Слаг
subjects = Темы
follows = Продолжает
followed-by = Продолжение
words = { $n ->
    [one] { $shown } слово
    [few] { $shown } слова
    [many] { $shown } слов
   *[other] { $shown } слова
}
more-in = Ещё в разделе «{ $name }»
picture-n-of = { $n } из { $total }

## Held and killed stories
withheld-title = Новость приостановлена
withheld-text = Редакция временно сняла её с показа, чтобы проверить факты. Она вернётся по этому же адресу; если будет аннулирована, здесь останется уведомление.
withheld-since = Приостановлена
killed-title = Новость аннулирована
killed-text = Использовать её нельзя. Текст удалён с сайта, из лент и из поиска.
killed-at = Аннулирована
taken-down-title = Новость снята
taken-down-text = Она снята по правовым или личным причинам. Использовать её нельзя.
taken-down-at = Снята
reason = Причина

## Search
search-title = Поиск
search-title-for = { $query }: поиск
results = { $n ->
    [0] Ничего не найдено
    [one] Найдена { $shown } новость
    [few] Найдено { $shown } новости
    [many] Найдено { $shown } новостей
   *[other] Найдено { $shown } новости
}
no-results-help = Попробуйте меньше слов, другие слова или уберите оператор.
order = Порядок
order-newest = сначала новые
order-relevance = сначала подходящие
narrow-in-force = Уточнено
narrow-clear = Искать везде
narrow = Уточнить
facet-section = Раздел
facet-topic = Тема
facet-place = Место
facet-lang = Язык
query-problem = Запрос не удалось прочитать
query-problem-at = Знак { $at }: { $problem }
operators = Что понимает поиск
op-phrase = эти слова подряд
op-near = не дальше пяти слов друг от друга, в любом порядке
op-not = без этого слова
op-title = в заголовке
op-topic = на эту тему
op-place = отсюда или об этом месте
op-by = за этой подписью
op-lang = на этом языке
op-urgency = этой срочности или выше (1 — самая высокая)
op-corrected = исправлено после выхода; corrected:no — остальное
op-on = вышло в этот день
op-after = вышло после этого дня
op-before = вышло до этого дня

## When something is not there
not-found-title = По этому адресу ничего нет
not-found-text = На сайте нет страницы с адресом { $address }. Возможно, он набран с ошибкой или обрезан.
not-found-help = Поищите новость в поиске или среди последних новостей ниже.
bad-request-title = Адрес не удалось прочитать
too-long-title = Слишком длинный адрес
too-long-text = Адрес может занимать не больше { $limit } байт, этот длиннее. Сократите запрос или фильтр.
failure-title = Страницу сейчас нельзя показать
failure-text = Ошибка на нашей стороне, она записана. Попробуйте через минуту; новости ниже могут быть доступны.
bad-day = { $text }: такого дня в календаре нет. Напишите год, месяц и день, например /2017/03/20.

## Live lists (in attributes, used by the script that follows the wire)
live-new = { $n ->
    [one] { $shown } новая
    [few] { $shown } новые
    [many] { $shown } новых
   *[other] { $shown } новой
}
live-pause = Остановить обновление
live-resume = Возобновить обновление

## Sections a service usually has; any other is shown by its slug
section-news = Новости
section-world = Мир
section-politics = Политика
section-economy = Экономика
section-markets = Рынки
section-business = Бизнес
section-science = Наука
section-technology = Технологии
section-society = Общество
section-culture = Культура
section-sport = Спорт
section-sports = Спорт
section-environment = Природа
section-health = Здоровье
section-defense = Оборона
section-emergencies = Происшествия
section-space = Космос
section-energy = Энергетика
section-agency = Агентство

## More lines, by the page that says them
byline = Автор
local-time = местное время
there = на месте: { $time }
previous-page = Предыдущая страница
next-page = Следующая страница
results-pages = Страницы результатов
bad-cursor = В адресе стоит { $parameter }={ $value }, это не номер в ленте. Уберите его, чтобы увидеть последние новости.
read-only = Эту страницу можно только читать. Откройте её методом GET.
filter-unknown = { $parameter }={ $value }: такого параметра нет. Уберите его или возьмите один из topic, dossier, section, place, by, lang, type, source, urgency, q, mute, until, show.
filter-too-many = Начиная с { $parameter }={ $value } фильтр слишком длинный, остальное отброшено. Сократите его.
filter-bad-urgency = { $parameter }={ $value }: срочность задаётся числом от 1 (самая высокая) до 9.
filter-bad-date = { $parameter }={ $value }: это не дата. Напишите её как 2026-12-31.
filter-bad-lang = { $parameter }={ $value }: это не код языка. Напишите en, ru, ja или ar.
filter-bad-show = { $parameter }={ $value }: такого значения нет. Напишите hide или collapse.
filter-bad-type = { $parameter }={ $value }: такого значения нет. Напишите text, picture, graphic, video, audio или composite.
filter-bad-value = { $parameter }={ $value } прочитать нельзя. Нужна хотя бы одна буква или цифра и не больше 200 знаков.
query-empty = Искать нечего. Введите хотя бы одно слово.
query-too-long = Запрос слишком длинный. Сократите его.
query-too-many = Слишком много слов и операторов. Уберите часть.
query-too-deep = Слишком много вложенных скобок. Уберите часть.
query-open-quote = Кавычка не закрыта. Закройте её или уберите.
query-empty-quote = Между кавычками нет слов. Впишите слово или уберите кавычки.
query-parenthesis = У скобки нет пары. Добавьте её или уберите эту.
query-empty-parentheses = В скобках пусто. Впишите слово или уберите скобки.
query-missing-operand = Рядом с «{ $found }» нужно слово. Добавьте его или уберите оператор.
query-missing-value = После двоеточия в «{ $found }» нужно слово. Добавьте его или уберите оператор.
query-unknown-field = Поля «{ $found }» нет. Есть поля title, section, topic, dossier, place, by, lang, type, source, urgency, corrected, on, after и before.
query-bad-date = «{ $found }»: это не дата. Напишите её как 2017-03-20, 2017-03 или 2017.
query-bad-urgency = «{ $found }»: это не срочность. Напишите число от 1 до 9.
query-bad-distance = «{ $found }»: такого расстояния нет. Напишите near/5 между двумя словами; число может быть от 1 до 50.
query-bad-neighbour = «{ $found }» не может стоять рядом с near/5. Поставьте с каждой стороны слово или фразу, а title: — перед обоими или ни перед одним.
query-bad-yes-no = «{ $found }»: это не yes и не no. Напишите corrected:yes или corrected:no.
query-unreadable = «{ $found }» здесь непонятно. Уберите это.

## Feeds
feed-description = Последние материалы этой ленты: { $agency }.

## Версии, моменты, перечень исправлений
versions = Версии
version-n = Версия { $version }
compare-with = Что изменилось после версии { $version }
diff-title = Версия { $from } и версия { $to }
diff-same = Заголовок, лид и текст совпадают слово в слово.
past-version = Версия { $version }, вышедшая { $time }.
past-latest = Нынешний вид сообщения
past-list = Это лента, какой она была { $time }.
past-now = Показать нынешнюю
not-kept = Прежний текст не сохранён: сообщение на время было снято.
to-notice = Снятое сообщение
refiled = Выпущено заново
repeated = Повтор
released = Возвращено
corrections = Исправления
corrections-text = Все исправления, приостановки, возвраты и отмены с причинами; сначала новые.
empty-register = Ничего не исправлено и не снято.
bad-moment = В адресе указано at={ $value }, но это не момент времени. Напишите, например, 2026-11-25T21:00:00Z.
future-moment = В адресе указано at={ $value }, но это время ещё не наступило. Уберите его, чтобы увидеть последнее.
not-yet-moved = { $time } этого сообщения ещё не было.
no-such-version = Версии { $version } этого сообщения здесь нет или от неё ничего не сохранено.

## Что агентство говорит о себе
about = О { $agency }
for-machines = Для программ
policy-principles = Принципы
policy-corrections = Как мы исправляем ошибки
policy-ethics = Этика
policy-verification = Как мы проверяем факты
policy-unnamed-sources = Источники без имени
policy-diversity = Чьи голоса слышны
policy-masthead = Редакция
policy-ownership = Владельцы и средства
policy-feedback = Как с нами связаться
policy-mission = О чём мы пишем
