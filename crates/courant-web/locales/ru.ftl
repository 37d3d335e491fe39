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
month-name-1 = Январь
month-name-2 = Февраль
month-name-3 = Март
month-name-4 = Апрель
month-name-5 = Май
month-name-6 = Июнь
month-name-7 = Июль
month-name-8 = Август
month-name-9 = Сентябрь
month-name-10 = Октябрь
month-name-11 = Ноябрь
month-name-12 = Декабрь
weekday-short-1 = Пн
weekday-short-2 = Вт
weekday-short-3 = Ср
weekday-short-4 = Чт
weekday-short-5 = Пт
weekday-short-6 = Сб
weekday-short-7 = Вс
month-of = { $month } { $year }
year-title = { $year } год
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
more-shown = { $n ->
    [one] Показана ещё { $shown } новость
    [few] Показаны ещё { $shown } новости
    [many] Показано ещё { $shown } новостей
   *[other] Показано ещё { $shown } новости
}
days = Дни
archive = Архив
broader = Шире
narrower = Уже
subjects-source = Темы взяты из Media Topics (IPTC), лицензия CC BY 4.0. Новость учитывается и во всех более широких темах.
month = Месяц
n-stories = Новостей
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
money-show = Показать суммы также в валюте
money-as-printed = (только как в тексте)
money-button = Показать
money-note = Суммы показаны также в валюте «{ $currency }» по курсам на { $date }, день выхода материала. Источник: { $source }. Текст не изменён.
money-lacking = { $source }: на { $date } нет курса для { $codes }; эти суммы оставлены как в тексте.
money-unknown = «{ $typed }» — не валюта; выберите из списка.
money-none = В этом материале не отмечено ни одной денежной суммы.
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
form-ninjs2 = ninjs 2.2
form-xml = NewsML-G2
form-nitf = NITF
form-txt = текст
form-md = Markdown
slugline = Слаг
subjects = Темы
places = Места
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
live-reload = Обновить страницу

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

## Exchange rates
bad-parameter = В адресе сказано { $parameter }={ $value }, и прочесть это нельзя. Исправьте или уберите.
convert = Пересчитать
convert-label = Конвертер валют
amount = Сумма
from = Из
to = В
on-day = На дату
read-as = Прочитано как { $amount }.
read-otherwise = Прочесть как { $amount }
swap = Поменять местами
history = История курса
usual-amounts = Обычные суммы
calculated = Как посчитано
source = Источник
disclaimer-ecb = Только для справки: банк настоятельно не рекомендует применять эти курсы в сделках.
disclaimer = Только для справки, не для сделок.
why-published = Курс за { $observed }, установлен в этот день ({ $bank }).
why-in-force = { $requested } действует курс, датированный { $observed }.
why-weekend = { $requested } — выходной, курсы не устанавливаются; взят курс за { $observed }.
why-holiday = { $requested } — нерабочий день банка; взят курс за { $observed }.
why-not-yet = Курсы за { $requested } ещё не вышли, ожидаются { $next }. До тех пор взят курс за { $observed }.
why-carried = Курсов за { $requested } нет; взят курс за { $observed }.
why-latest = Последний известный здесь курс — за { $observed }.
why-identity = Это одна и та же валюта.
why-irrevocable = Курс установлен навсегда { $observed }, когда валюту заменил евро.
why-peg = Курс закреплён законом, рыночный не котируется. Действует с { $observed } или раньше.
step-quoted = { $from } в { $to }: { $printed } ({ $day })
step-irrevocable = { $from } в { $to }: { $printed }, навсегда с { $day }
step-peg = { $from } в { $to }: { $printed }, привязка с { $day } или раньше
amount-empty = Сумма не указана. Введите число, например 1234,56.
amount-unreadable = «{ $typed }» — не сумма. Напишите как 1234,56, 1 234,56 или 1,234.56.
amount-negative = «{ $typed }» меньше нуля. Уберите знак и поменяйте валюты местами.
amount-too-long = «{ $typed }» — слишком длинно. В сумме не больше 40 цифр.
no-rate-unknown = { $code } — не код ISO 4217. Выберите валюту из списка.
no-rate-not-yet = { $code } появилась { $day }. Выберите этот день или более поздний.
no-rate-gone = { $code } заменена { $day }. Используйте { $next }: одна единица заменила { $number } { $code }.
no-rate-ended = { $code } упразднена до { $day }. Выберите более ранний день.
no-rate-future = { $day } ещё не наступило; сегодня { $today }. Уберите дату, чтобы взять последний курс.
no-rate-before = { $day } раньше первых курсов, они за { $first }. Выберите более поздний день.
no-rate-not-quoted = { $bank } не котирует { $code }. Выберите другую валюту или источник.
no-rate-not-quoted-then = { $bank } не имеет курса { $code } на { $day }; он был с { $first } по { $last }. Выберите день между ними.
no-rate-near = Курсы ({ $bank }) за { $day } и две недели до того здесь неизвестны. Уберите дату, чтобы взять последний курс.
no-rate-range = Дни с { $first } по { $last } нельзя показать вместе. Выберите период короче, сначала более ранний день.
rates = Курсы валют
rates-title = Курсы валют: { $bank }
rates-description = Курсы ({ $bank }) с изменением к предыдущим.
rates-observed = Определены { $day }
rates-in-force = Действуют с { $day }
rates-per-base = Столько единиц каждой валюты за 1 { $base }.
rates-in-base = Столько { $base } за указанное число единиц валюты.
rates-feed-description = Курсы валют по мере установления, { $agency }.
currency = Валюта
currency-name = Название
units = Единиц
rate = Курс
change = Изменение цены
change-since = Изменение — цены одной единицы с { $day }.
show-day = Показать
gram = г
strip-of = { $bank }, { $day }
history-title = { $base } к { $code }
range = Период
range-1m = 1 месяц
range-3m = 3 месяца
range-1y = 1 год
range-5y = 5 лет
range-10y = 10 лет
range-all = Всё время
no-rates-in-range = За этот период курсов этой пары нет. Выберите период длиннее или другую валюту.
data-table = Курсы таблицей
day-column = День
rate-last = Последний
rate-least = Наименьший
rate-greatest = Наибольший
against = За единицу
compare = Сравнить с
rates-count = { $n ->
    [one] { $shown } курс
    [few] { $shown } курса
    [many] { $shown } курсов
   *[other] { $shown } курса
}
table-shortened = { $n ->
    [one] Равномерная выборка из { $shown } дня; все дни есть в CSV.
    [few] Равномерная выборка из { $shown } дней; все дни есть в CSV.
    [many] Равномерная выборка из { $shown } дней; все дни есть в CSV.
   *[other] Равномерная выборка из { $shown } дня; все дни есть в CSV.
}

## Names of currencies; any other is named as ISO 4217 does, in English
currency-aud = австралийский доллар
currency-brl = бразильский реал
currency-cad = канадский доллар
currency-chf = швейцарский франк
currency-cny = китайский юань
currency-czk = чешская крона
currency-dkk = датская крона
currency-eur = евро
currency-gbp = фунт стерлингов
currency-hkd = гонконгский доллар
currency-huf = венгерский форинт
currency-idr = индонезийская рупия
currency-ils = израильский шекель
currency-inr = индийская рупия
currency-isk = исландская крона
currency-jpy = японская иена
currency-krw = южнокорейская вона
currency-mxn = мексиканское песо
currency-myr = малайзийский ринггит
currency-nok = норвежская крона
currency-nzd = новозеландский доллар
currency-php = филиппинское песо
currency-pln = польский злотый
currency-ron = румынский лей
currency-rub = российский рубль
currency-sar = саудовский риял
currency-sek = шведская крона
currency-sgd = сингапурский доллар
currency-thb = тайский бат
currency-try = турецкая лира
currency-uah = украинская гривна
currency-usd = доллар США
currency-zar = южноафриканский рэнд
currency-aed = дирхам ОАЭ
currency-egp = египетский фунт
currency-kzt = казахстанский тенге

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

## Dossiers
dossier-open = Продолжается
dossier-dormant = Без новостей
dossier-closed = Закрыт
dossier-began = Начало: { $date }
dossier-part-of = Часть сюжета
dossier-parts = Части
dossier-related = Связанные сюжеты
dossier-split-from = Выделен из сюжета
dossier-split-off = Выделено в отдельный сюжет
dossier-absorbed = { $date } к этому сюжету присоединён сюжет «{ $name }»: { $reason }
dossier-merged = Сюжет «{ $name }» продолжается в сюжете «{ $into }»
dossier-versions-title = Как описывался сюжет «{ $name }»
dossier-same-text = Заголовок и сводка не изменились.
key-events = Главные события
timeline = Хронология
people = Люди
places-map = Карта: { $places }
summary-of = Сводка от { $time }
since-title = Что изменилось с прошлого раза
since-nothing = Ничего не произошло.
since-new = { $n ->
    [one] { $shown } новая новость
    [few] { $shown } новые новости
    [many] { $shown } новых новостей
   *[other] { $shown } новой новости
}
since-updated = { $n ->
    [one] { $shown } обновлена
    [few] { $shown } обновлены
    [many] { $shown } обновлено
   *[other] { $shown } обновлено
}
since-corrected = { $n ->
    [one] { $shown } исправлена
    [few] { $shown } исправлены
    [many] { $shown } исправлено
   *[other] { $shown } исправлено
}
since-withdrawn = { $n ->
    [one] { $shown } отозвана
    [few] { $shown } отозваны
    [many] { $shown } отозвано
   *[other] { $shown } отозвано
}
since-summary = Сводка переписана
since-keep = Сохраните этот адрес: он покажет новое с этой минуты
since-remember = Запоминать на этом устройстве, докуда прочитано
since-forget = Больше не запоминать
since-visit = Что нового с прошлого посещения

## More about a story
new = Новое
reading-time = { $n ->
    [one] { $shown } минута чтения
    [few] { $shown } минуты чтения
    [many] { $shown } минут чтения
   *[other] { $shown } минуты чтения
}
contents = В этой новости
share = Поделиться
short-address = Короткий адрес
by-mail = по почте
copy-address = скопировать адрес
cite = Цитировать
cite-title = Как сослаться на эту новость
cite-text = Адрес версии действует, что бы ни стало с новостью.
cite-bib = BibTeX отдельным файлом
## Finding and choosing
filter-title = Свой фильтр
filter-intro = Выберите, что вам интересно. Фильтр — это адрес: его можно открыть, переслать, на него можно подписаться. Учётная запись не нужна.
filter-choices = Все условия, с числами
filter-keeps = Остаётся { $kept } из { $of }
filter-counted = { $n ->
    [one] Подсчитано по { $shown } новости за сегодня: { $day }.
    [few] Подсчитано по { $shown } новостям за сегодня: { $day }.
    [many] Подсчитано по { $shown } новостям за сегодня: { $day }.
   *[other] Подсчитано по { $shown } новости за сегодня: { $day }.
}
filter-counted-newest = { $n ->
    [one] Сегодня новостей ещё не было. Подсчитано по { $shown } новости за последний день: { $day }.
    [few] Сегодня новостей ещё не было. Подсчитано по { $shown } новостям за последний день: { $day }.
    [many] Сегодня новостей ещё не было. Подсчитано по { $shown } новостям за последний день: { $day }.
   *[other] Сегодня новостей ещё не было. Подсчитано по { $shown } новости за последний день: { $day }.
}
filter-in-force = Действует
filter-numbers = Рядом с каждым условием: сколько новостей останется / сколько скроется при прочих выбранных условиях.
filter-choice = остаётся { $kept }, скрывается { $hidden }
filter-more = { $n ->
    [one] ещё { $shown }
    [few] ещё { $shown }
    [many] ещё { $shown }
   *[other] ещё { $shown }
}
filter-by-words = По словам
filter-mute-about = Слова или «фразы» в кавычках "", через запятую; не длиннее 200 знаков каждая.
filter-until = До (последний день)
filter-ended = Слова были исключены до { $day }. Срок истёк: новости с ними снова видны.
filter-leave-out = Исключить разделы, темы или языки
filter-count = Подсчитать
filter-show-all = Показать эти новости
filter-start-over = Начать заново
filter-stream = Поток событий
subscribe = Подписаться
filter-word-keeps = { $n ->
    [one] «{ $words }»: находит { $shown } новость
    [few] «{ $words }»: находит { $shown } новости
    [many] «{ $words }»: находит { $shown } новостей
   *[other] «{ $words }»: находит { $shown } новости
}
filter-word-hides = { $n ->
    [one] «{ $words }»: скрывает { $shown } новость
    [few] «{ $words }»: скрывает { $shown } новости
    [many] «{ $words }»: скрывает { $shown } новостей
   *[other] «{ $words }»: скрывает { $shown } новости
}
filter-too-long = { $parameter }={ $value }: слишком длинно, не больше { $most } знаков. Сократите.
filter-bad-words = { $parameter }={ $value }: не удалось прочитать, ничего не находит. { $problem }
facet-dossier = Сюжет
facet-by = Автор
facet-type = Вид
facet-source = Источник
facet-month = По месяцам
facet-year = По годам
type-text = Текст
type-picture = Фотография
type-graphic = Графика
type-video = Видео
type-audio = Звук
type-composite = Подборка
type-event = Событие
type-planning = План освещения
keep-here = Сохранить на этом устройстве
keep-forget = Забыть
keep-use = Мой фильтр
keep-none = На этом устройстве ничего не сохранено.
keep-kept = Сохранено в этом браузере и больше нигде: {"{filter}"}
today = Сегодня
today-title = Сегодня: { $day }
edition = Выпуск дня
edition-of = Выпуск: { $day }
edition-to-end = В конец
edition-end-label = Конец выпуска
edition-end = { $n ->
    [one] Вы прочли всё: { $shown } новость. { $day }.
    [few] Вы прочли всё: { $shown } новости. { $day }.
    [many] Вы прочли всё: { $shown } новостей. { $day }.
   *[other] Вы прочли всё: { $shown } новости. { $day }.
}
edition-end-of = { $n ->
    [one] Вы прочли весь выпуск: { $part } из { $shown } новости. { $day }.
    [few] Вы прочли весь выпуск: { $part } из { $shown } новостей. { $day }.
    [many] Вы прочли весь выпуск: { $part } из { $shown } новостей. { $day }.
   *[other] Вы прочли весь выпуск: { $part } из { $shown } новости. { $day }.
}
edition-more = { $n ->
    [one] ещё { $shown } новость
    [few] ещё { $shown } новости
    [many] ещё { $shown } новостей
   *[other] ещё { $shown } новости
}
edition-whole-day = Всё за этот день
important = Важное за день
in-pictures = В фотографиях
suggestions = { $n ->
    [one] { $shown } подсказка
    [few] { $shown } подсказки
    [many] { $shown } подсказок
   *[other] { $shown } подсказки
}
suggestions-label = Подсказки
narrow-remove = Убрать: { $name }
moved-after = после { $time }
moved-before = до { $time }
search-saved = Сохранить поиск
search-saved-about = Поиск сохраняется подпиской: новые новости придут сами.
search-as-filter = Сделать фильтром

## Другие СМИ и партнёры
press = В других СМИ
press-title = В других СМИ: { $name }
press-text = Что об этом сообщают другие издания; найдено в лентах, которые выбрала редакция. Заголовки принадлежат изданиям.
press-reports = { $n ->
    [one] { $shown } сообщение в других СМИ
    [few] { $shown } сообщения в других СМИ
    [many] { $shown } сообщений в других СМИ
   *[other] { $shown } сообщения в других СМИ
}
press-empty = Пока ничего не найдено.
press-same = О том же
press-background = Предыстория
press-differs = В чём расходятся
press-paywall = Платный доступ
press-by-machine = Подобрано программой.
press-by-editor = Подтверждено редактором.
press-why = Почему это здесь?
press-score = Вероятность, что речь об одном событии: { $percent } %.
press-names = Имена
press-places = Места
press-numbers = Числа
press-words = Слова
press-number = Число
press-name = Имя
press-date = Дата
press-here = У нас
press-first = Первым сообщил источник
press-first-elsewhere = Первое сообщение в других СМИ
press-sources = За кем мы следим
press-sources-text = Сообщения этих изданий стоят рядом с нашими новостями: заголовок, время и прямая ссылка без посредников.
press-sources-empty = На этом языке мы не следим ни за одним изданием.
press-removal = Издание, которое не хочет быть здесь, пишет нам и исчезает со всех страниц:
press-any-language = Все языки
press-licence = Лицензия
press-licence-headline = Заголовок и ссылка
press-licence-summary = Заголовок, краткое содержание и ссылка
press-licence-full = Текст целиком
press-terms = Условия
partner = Партнёр
partners = Партнёры
partners-text = Партнёры показывают наши заголовки, а мы — их, по соглашению. Среди новостей они не стоят никогда.
partners-empty = Действующих соглашений нет.
partner-latest = Что сообщают партнёры
partner-given = Отдано
partner-taken = Взято
partner-headlines = { $n ->
    [one] { $shown } заголовок
    [few] { $shown } заголовка
    [many] { $shown } заголовков
   *[other] { $shown } заголовка
}
partner-topics = О чём
partner-languages = Языки
partner-all = все
partner-per-day = Не больше в сутки
partner-embargo = Сначала только у них
partner-since = С
partner-until = До
minutes = { $n ->
    [one] { $shown } минута
    [few] { $shown } минуты
    [many] { $shown } минут
   *[other] { $shown } минуты
}
language-ar = арабский
language-de = немецкий
language-en = английский
language-es = испанский
language-fr = французский
language-it = итальянский
language-ja = японский
language-ko = корейский
language-pt = португальский
language-ru = русский
language-tr = турецкий
language-uk = украинский
language-zh = китайский
