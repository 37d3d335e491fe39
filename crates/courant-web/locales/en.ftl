### What a reader of the public site sees, in English.
### `$n` is a number that chooses the plural form; `$shown` is the same number as printed.

## Dates and zones. `$month` comes from month-1 … month-12.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-name-1 = January
month-name-2 = February
month-name-3 = March
month-name-4 = April
month-name-5 = May
month-name-6 = June
month-name-7 = July
month-name-8 = August
month-name-9 = September
month-name-10 = October
month-name-11 = November
month-name-12 = December
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-of = { $month } { $year }
year-title = The year { $year }
date = { $month } { $day }, { $year }
day = { $weekday }, { $month } { $day }, { $year }
date-time = { $date }, { $clock } { $zone }
clock-zone = { $clock } { $zone }
times-are = All times on this page: { $zone }

## Around every page
skip = Skip to the news
menu = Menu
sections = Sections
search = Search
search-label = Search the news
all-news = All news
filter = Filter
languages = News in other languages
feed = This list as RSS
front-title = { $agency }: the latest news
front-description = The news of { $agency } as it moves, newest first.
title = { $page } | { $agency }

## Marks
flash = Flash
bulletin = Bulletin
urgent = Urgent
updated = Updated
corrected = Corrected
withheld = On hold
killed = Killed
taken-down = Taken down
row-withheld = Held by the editors. It returns here, or a notice does.

## Lists
latest = Latest
leading = Leading stories
dossiers = Dossiers
topic-title = Topic: { $name }
dossier-title = Dossier: { $name }
place-title = Place: { $name }
by-title = By { $name }
newer = Newer
older = Older
more-shown = { $n ->
    [one] { $shown } more story shown
   *[other] { $shown } more stories shown
}
days = Days
archive = Archive
broader = Broader
narrower = Narrower
subjects-source = Subjects are the Media Topics of the IPTC, licence CC BY 4.0. A story counts for every broader subject of its own.
month = Month
n-stories = Stories
empty = No story matches.
empty-end = There is nothing older than this.
empty-day = No story moved on this day.
stories = { $n ->
    [one] { $shown } story
   *[other] { $shown } stories
}
hidden-by-filter = { $n ->
    [one] { $shown } story hidden by your filter
   *[other] { $shown } stories hidden by your filter
}
hidden-show = Show
muted-by = Muted: “{ $mute }”
list-description = { $name }: the news of { $agency }, newest first.

## Filter
filter-what = Show only
filter-language = In the language
filter-urgency = Urgency
filter-urgency-any = any
filter-urgency-most = { $name } and higher
filter-words = With the words
filter-mute = Without the words
filter-show = Stories with them
filter-show-hide = leave out, and count
filter-show-collapse = fold
filter-also = Also in force
filter-without = not: { $list }
filter-apply = Show
filter-clear = Show everything
filter-problems = { $n ->
    [one] { $shown } part of the filter was not understood
   *[other] { $shown } parts of the filter were not understood
}

## Story
money-show = Show amounts also in
money-as-printed = (as printed only)
money-button = Show
money-note = Amounts are also shown in { $currency } at the rates of { $date }, the day of the story. Source: { $source }. The text is unchanged.
money-lacking = { $source } has no rate for { $codes } on { $date }; those amounts stand as printed.
money-unknown = “{ $typed }” is not a currency; choose one from the list.
money-none = No amount of money is marked in this story.
moved = Moved
place = Place
version-label = Version
correction = { $n ->
    [one] Correction
   *[other] Corrections
}
picture-credit = Picture: { $credit }
picture-terms = Terms of use
picture-licence = Get a licence
picture-by-machine = Made by a program
photo-killed = A picture was withdrawn on { $at }: { $reason }
map-label = Map of the region around { $place }, { $coordinates }
map-coordinates = { $latitude }, { $longitude }
map-north = { $degrees }° N
map-south = { $degrees }° S
map-east = { $degrees }° E
map-west = { $degrees }° W
pictures = { $n ->
    [one] { $shown } picture
   *[other] { $shown } pictures
}
sources = Sources
other-forms = This story as
form-json = ninjs
form-ninjs2 = ninjs 2.2
form-xml = NewsML-G2
form-nitf = NITF
form-txt = plain text
form-md = Markdown
slugline = Slugline
subjects = Topics
places = Places
follows = Follows
followed-by = Continued in
words = { $n ->
    [one] { $shown } word
   *[other] { $shown } words
}
more-in = More in { $name }
picture-n-of = { $n } of { $total }

## Held and killed stories
withheld-title = This story is on hold
withheld-text = The editors have taken it out of view while a fact is being checked. When it returns, it returns at this address; if it is killed, the notice will stand here.
withheld-since = On hold since
killed-title = This story was killed
killed-text = It must not be used. Its text has been removed from this site, its feeds and its search.
killed-at = Killed
taken-down-title = This story was taken down
taken-down-text = It was removed for a legal or personal reason and must not be used.
taken-down-at = Taken down
reason = Reason

## Search
search-title = Search
search-title-for = { $query }: search
results = { $n ->
    [0] Nothing found
    [one] { $shown } story found
   *[other] { $shown } stories found
}
no-results-help = Use fewer or other words, or leave out an operator.
order = Order
order-newest = newest first
order-relevance = most relevant first
narrow-in-force = Narrowed down to
narrow-clear = Search everything
narrow = Narrow down
facet-section = Section
facet-topic = Topic
facet-place = Place
facet-lang = Language
query-problem = The query cannot be read
query-problem-at = At character { $at }: { $problem }
operators = What the search understands
op-phrase = these words, in this order
op-near = at most five words apart, in either order
op-not = without this word
op-title = in the headline
op-topic = on this topic
op-place = from or about this place
op-by = with this byline
op-lang = in this language
op-urgency = of this urgency or higher (1 is the highest)
op-corrected = corrected since it moved; corrected:no for the others
op-on = first moved on this day
op-after = moved after this day
op-before = moved before this day

## When something is not there
not-found-title = Nothing at this address
not-found-text = No page of this site has the address { $address }. It may have been mistyped or cut short.
not-found-help = Look for the story in the search, or in the latest news below.
bad-request-title = This address cannot be read
too-long-title = This address is too long
too-long-text = An address may have at most { $limit } bytes; this one has more. Shorten the query or the filter.
failure-title = This page cannot be shown now
failure-text = The fault is ours, and it has been recorded. Try again in a minute; the news below may still be reached.
bad-day = { $text } is not a day of the calendar. Write year, month and day, for example /2017/03/20.

## Live lists (in attributes, used by the script that follows the wire)
live-new = { $n ->
    [one] { $shown } new story
   *[other] { $shown } new stories
}
live-pause = Pause updates
live-resume = Resume updates
live-reload = Reload for the newest

## Sections a service usually has; any other is shown by its slug
section-news = News
section-world = World
section-politics = Politics
section-economy = Economy
section-markets = Markets
section-business = Business
section-science = Science
section-technology = Technology
section-society = Society
section-culture = Culture
section-sport = Sport
section-sports = Sport
section-environment = Environment
section-health = Health
section-defense = Defence
section-emergencies = Emergencies
section-space = Space
section-energy = Energy
section-agency = The agency

## More lines, by the page that says them
byline = By
local-time = local time
there = there: { $time }
previous-page = Previous page
next-page = Next page
results-pages = Pages of results
bad-cursor = The address says { $parameter }={ $value }, and that is not a number of the wire. Take it out to see the newest stories.
read-only = This page can only be read. Open it with GET.
filter-unknown = { $parameter }={ $value }: there is no such parameter. Take it out, or use one of topic, dossier, section, place, by, lang, type, source, urgency, q, mute, until, show.
filter-too-many = From { $parameter }={ $value } on the filter is too long, and the rest was left out. Shorten it.
filter-bad-urgency = { $parameter }={ $value }: urgency is a number from 1 (most urgent) to 9.
filter-bad-date = { $parameter }={ $value } is not a date. Write it like 2026-12-31.
filter-bad-lang = { $parameter }={ $value } is not a language tag. Write it like en, ru, ja or ar.
filter-bad-show = { $parameter }={ $value } is not known. Use hide or collapse.
filter-bad-type = { $parameter }={ $value } is not known. Use text, picture, graphic, video, audio or composite.
filter-bad-value = { $parameter }={ $value } cannot be read. It needs at least one letter or digit and at most 200 characters.
query-empty = There is nothing to search for. Give at least one word.
query-too-long = The query is too long. Shorten it.
query-too-many = There are too many words and operators. Leave some out.
query-too-deep = There are too many parentheses inside each other. Take some out.
query-open-quote = A quotation mark is not closed. Close it, or take it out.
query-empty-quote = There is no word between the quotation marks. Put one there, or take them out.
query-parenthesis = A parenthesis has no partner. Add it, or take this one out.
query-empty-parentheses = There is nothing between the parentheses. Put a word there, or take them out.
query-missing-operand = “{ $found }” needs a word beside it. Add one, or take it out.
query-missing-value = “{ $found }” needs a word after the colon. Add one, or take it out.
query-unknown-field = “{ $found }” is no field. The fields are title, section, topic, dossier, place, by, lang, type, source, urgency, corrected, on, after and before.
query-bad-date = “{ $found }” is not a date. Write it like 2017-03-20, 2017-03 or 2017.
query-bad-urgency = “{ $found }” is not an urgency. Give a number from 1 to 9.
query-bad-distance = “{ $found }” is no distance. Write near/5 between two words; the number goes from 1 to 50.
query-bad-neighbour = “{ $found }” cannot stand beside near/5. Put a word or a phrase on each side, with title: before both or neither.
query-bad-yes-no = “{ $found }” is neither yes nor no. Write corrected:yes or corrected:no.
query-unreadable = “{ $found }” cannot be understood here. Take it out.

## Feeds
feed-description = The latest of this list from { $agency }.

## Exchange rates
bad-parameter = The address says { $parameter }={ $value }, and that cannot be read. Mend it, or take it out.
convert = Convert
convert-label = Currency converter
amount = Amount
from = From
to = To
on-day = On
read-as = Read as { $amount }.
read-otherwise = Read it as { $amount }
swap = Turn round
history = History
usual-amounts = Usual amounts
calculated = How it was calculated
source = Source
disclaimer-ecb = For information only: the bank strongly discourages using these rates for transactions.
disclaimer = For information only, not for transactions.
why-published = The rate is that of { $observed }, as fixed by the bank ({ $bank }) on that day.
why-in-force = On { $requested } the rate in force is the one dated { $observed }.
why-weekend = { $requested } was on a weekend, when no rates are fixed; the rate is that of { $observed }.
why-holiday = { $requested } was a holiday of the bank; the rate is that of { $observed }.
why-not-yet = The rates of { $requested } are not out yet; they are expected on { $next }. Until then the rate is that of { $observed }.
why-carried = No rates are known of { $requested }; the rate is that of { $observed }.
why-latest = The latest rate known here is that of { $observed }.
why-identity = It is the same currency.
why-irrevocable = The rate was fixed for ever on { $observed }, when the euro replaced the currency.
why-peg = The rate is fixed by law; no market rate is quoted. It has held since { $observed } or longer.
step-quoted = { $from } to { $to }: { $printed } ({ $day })
step-irrevocable = { $from } to { $to }: { $printed }, for ever since { $day }
step-peg = { $from } to { $to }: { $printed }, pegged since { $day } or before
amount-empty = There is no amount. Give a number such as 1234.56.
amount-unreadable = “{ $typed }” is not an amount. Write it like 1234.56, 1,234.56 or 1 234,56.
amount-negative = “{ $typed }” is below zero. Give it without the sign, and turn the currencies round.
amount-too-long = “{ $typed }” is too long. An amount has at most 40 digits.
no-rate-unknown = { $code } is no code of ISO 4217. Choose a currency from the list.
no-rate-not-yet = { $code } began on { $day }. Choose that day or a later one.
no-rate-gone = { $code } was replaced on { $day }. Use { $next }, of which one replaced { $number } { $code }.
no-rate-ended = { $code } ended before { $day }. Choose an earlier day.
no-rate-future = { $day } is in the future; today is { $today }. Leave the date out for the latest rate.
no-rate-before = { $day } is before the first rates, which are of { $first }. Choose a later day.
no-rate-not-quoted = { $bank } does not quote { $code }. Choose another currency or source.
no-rate-not-quoted-then = { $bank } has no rate of { $code } on { $day }; it had from { $first } to { $last }. Choose a day between them.
no-rate-near = No rates of { $bank } are known here of { $day } or the two weeks before. Leave the date out for the latest rate.
no-rate-range = The days from { $first } to { $last } cannot be shown together. Choose a shorter range, the earlier day first.
rates = Exchange rates
rates-title = Exchange rates: { $bank }
rates-description = The rates of { $bank } with their change since the fixing before.
rates-observed = Observed on { $day }
rates-in-force = In force from { $day }
rates-per-base = One { $base } is so many of each currency.
rates-in-base = So many { $base } for the units of each currency.
rates-feed-description = Exchange rates as they are fixed, from { $agency }.
currency = Currency
currency-name = Name
units = Units
rate = Rate
change = Change of value
change-since = The change is that of one unit's value since { $day }.
show-day = Show
gram = g
strip-of = { $bank }, { $day }
history-title = { $base } in { $code }
range = Range
range-1m = 1 month
range-3m = 3 months
range-1y = 1 year
range-5y = 5 years
range-10y = 10 years
range-all = All
no-rates-in-range = There are no rates of this pair in this range. Choose a longer range or another currency.
data-table = The rates as a table
day-column = Day
rate-last = Latest
rate-least = Lowest
rate-greatest = Highest
against = One of
compare = Compare with
rates-count = { $n ->
    [one] { $shown } rate
   *[other] { $shown } rates
}
table-shortened = { $n ->
    [one] An even choice from { $shown } day; all of it is in the CSV.
   *[other] An even choice from { $shown } days; all of them are in the CSV.
}

## Names of currencies; any other is named as ISO 4217 does, in English
currency-aud = Australian dollar
currency-brl = Brazilian real
currency-cad = Canadian dollar
currency-chf = Swiss franc
currency-cny = Chinese yuan
currency-czk = Czech koruna
currency-dkk = Danish krone
currency-eur = Euro
currency-gbp = Pound sterling
currency-hkd = Hong Kong dollar
currency-huf = Hungarian forint
currency-idr = Indonesian rupiah
currency-ils = Israeli shekel
currency-inr = Indian rupee
currency-isk = Icelandic króna
currency-jpy = Japanese yen
currency-krw = South Korean won
currency-mxn = Mexican peso
currency-myr = Malaysian ringgit
currency-nok = Norwegian krone
currency-nzd = New Zealand dollar
currency-php = Philippine peso
currency-pln = Polish zloty
currency-ron = Romanian leu
currency-rub = Russian rouble
currency-sar = Saudi riyal
currency-sek = Swedish krona
currency-sgd = Singapore dollar
currency-thb = Thai baht
currency-try = Turkish lira
currency-uah = Ukrainian hryvnia
currency-usd = US dollar
currency-zar = South African rand
currency-aed = UAE dirham
currency-egp = Egyptian pound
currency-kzt = Kazakhstani tenge

## Versions, moments, the register
versions = Versions
version-n = Version { $version }
compare-with = What changed since version { $version }
diff-title = Version { $from } and version { $to }
diff-same = Headline, lead and copy are the same, word for word.
past-version = Version { $version }, as it moved on { $time }.
past-latest = The story as it stands now
past-list = This is the list as it was on { $time }.
past-now = Show it as it is now
not-kept = What it said then is not kept: the story was withdrawn for a while.
to-notice = A story that was withdrawn
refiled = Refiled
repeated = Repeated
released = Released
corrections = Corrections
corrections-text = Every correction, hold, release and kill of this service with its reason, newest first.
empty-register = Nothing has been corrected or withdrawn.
bad-moment = The address says at={ $value }, and that is no instant. Write it like 2026-11-25T21:00:00Z.
future-moment = The address says at={ $value }, and that is still to come. Take it out to see the latest.
not-yet-moved = The story had not moved on { $time }.
no-such-version = There is no version { $version } of this story here, or nothing of it is kept.

## What the agency says of itself
about = About { $agency }
for-machines = For machines
policy-principles = Principles
policy-corrections = How we correct
policy-ethics = Ethics
policy-verification = How we check
policy-unnamed-sources = Unnamed sources
policy-diversity = Whose voices are heard
policy-masthead = Masthead
policy-ownership = Ownership and funding
policy-feedback = How to reach us
policy-mission = What we cover

## Dossiers
dossier-open = Open
dossier-dormant = Dormant
dossier-closed = Closed
dossier-began = Began on { $date }
dossier-part-of = Part of
dossier-parts = Parts
dossier-related = Related dossiers
dossier-split-from = Split from
dossier-split-off = Continued apart in
dossier-absorbed = On { $date } the dossier “{ $name }” was merged into this one: { $reason }
dossier-merged = The dossier “{ $name }” goes on in “{ $into }”
dossier-versions-title = Descriptions of the dossier “{ $name }”
dossier-same-text = Title and summary are as before.
key-events = Key events
timeline = Timeline
people = People
places-map = Map of { $places }
summary-of = Summary of { $time }
since-title = Since you last looked
since-nothing = Nothing has happened.
since-new = { $n ->
    [one] { $shown } new story
   *[other] { $shown } new stories
}
since-updated = { $n ->
    [one] { $shown } updated
   *[other] { $shown } updated
}
since-corrected = { $n ->
    [one] { $shown } corrected
   *[other] { $shown } corrected
}
since-withdrawn = { $n ->
    [one] { $shown } withdrawn
   *[other] { $shown } withdrawn
}
since-summary = The summary was rewritten
since-keep = Keep this address: it shows what is new from now on
since-remember = Remember on this device how far I have read
since-forget = Stop remembering
since-visit = What is new since your last visit

## More about a story
new = New
reading-time = { $n ->
    [one] { $shown } minute to read
   *[other] { $shown } minutes to read
}
contents = In this story
share = Share
short-address = Short address
by-mail = by mail
copy-address = copy address
cite = Cite
cite-title = How to cite this story
cite-text = The address of the version stays valid whatever becomes of the story.
cite-bib = BibTeX as a file
## Finding and choosing
filter-title = Use filter
filter-intro = Choose what interests you. The filter is an address: open it, share it, subscribe to it. No account is needed.
filter-choices = All choices, with counts
filter-keeps = Keeps { $kept } of { $of }
filter-counted = { $n ->
    [one] Counted on the { $shown } story of today, { $day }.
   *[other] Counted on the { $shown } stories of today, { $day }.
}
filter-counted-newest = { $n ->
    [one] Nothing has moved today yet. Counted on the { $shown } story of the newest day, { $day }.
   *[other] Nothing has moved today yet. Counted on the { $shown } stories of the newest day, { $day }.
}
filter-in-force = In force
filter-numbers = Beside each choice: how many stories it keeps / how many it hides, with everything else that is chosen.
filter-choice = keeps { $kept }, hides { $hidden }
filter-more = { $n ->
    [one] { $shown } more
   *[other] { $shown } more
}
filter-by-words = By words
filter-mute-about = Words or “quoted phrases”, separated by commas; at most 200 characters each.
filter-until = Until (last day)
filter-ended = The words left out were left out until { $day }. That is over: their stories are shown again.
filter-leave-out = Leave out sections, topics or languages
filter-count = Count
filter-show-all = Show these stories
filter-start-over = Start over
filter-stream = Event stream
subscribe = Subscribe
filter-word-keeps = { $n ->
    [one] “{ $words }” finds { $shown } story
   *[other] “{ $words }” finds { $shown } stories
}
filter-word-hides = { $n ->
    [one] “{ $words }” hides { $shown } story
   *[other] “{ $words }” hides { $shown } stories
}
filter-too-long = { $parameter }={ $value } is too long: at most { $most } characters. Shorten it.
filter-bad-words = { $parameter }={ $value } cannot be read and finds nothing. { $problem }
facet-dossier = Dossier
facet-by = Byline
facet-type = Kind
facet-source = Source
facet-month = By month
facet-year = By year
type-text = Text
type-picture = Picture
type-graphic = Graphic
type-video = Video
type-audio = Audio
type-composite = Package
type-event = Event
type-planning = Planned coverage
keep-here = Keep on this device
keep-forget = Forget
keep-use = Use my filter
keep-none = Nothing is kept on this device.
keep-kept = Kept in this browser, and nowhere else: {"{filter}"}
today = Today
today-title = Today: { $day }
edition = The edition of the day
edition-of = The edition of { $day }
edition-to-end = To the end
edition-end-label = End of the edition
edition-end = { $n ->
    [one] You have read it all: the { $shown } story of { $day }.
   *[other] You have read it all: the { $shown } stories of { $day }.
}
edition-end-of = { $n ->
    [one] You have read it all: { $part } of the { $shown } story of { $day }.
   *[other] You have read it all: { $part } of the { $shown } stories of { $day }.
}
edition-more = { $n ->
    [one] { $shown } more story
   *[other] { $shown } more stories
}
edition-whole-day = Everything of this day
important = Most important of the day
in-pictures = In pictures
suggestions = { $n ->
    [one] { $shown } suggestion
   *[other] { $shown } suggestions
}
suggestions-label = Suggestions
narrow-remove = Take out: { $name }
moved-after = after { $time }
moved-before = before { $time }
search-saved = Keep this search
search-saved-about = A search is saved by subscribing to it: new stories come by themselves.
search-as-filter = Use as a filter

## Other media and partners
press = In other media
press-title = In other media: { $name }
press-text = What other outlets report of this, found in feeds that the editors chose. The headlines are theirs.
press-reports = { $n ->
    [one] { $shown } report in other media
   *[other] { $shown } reports in other media
}
press-empty = Nothing has been found yet.
press-same = The same story
press-background = Background
press-differs = What differs
press-paywall = Paywall
press-by-machine = Matched by machine.
press-by-editor = Confirmed by an editor.
press-why = Why is this here?
press-score = Probability that both tell the same story: { $percent } %.
press-names = Names
press-places = Places
press-numbers = Numbers
press-words = Words
press-number = Number
press-name = Name
press-date = Date
press-here = Here
press-first = First reported by
press-first-elsewhere = First elsewhere
press-sources = Outlets we follow
press-sources-text = Reports of these outlets stand beside our stories: headline, time and a direct link, nothing in between.
press-sources-empty = No outlet is followed in this language.
press-removal = An outlet that does not want to be here writes to us and is gone from every page:
press-any-language = All languages
press-licence = Licence
press-licence-headline = Headline and link
press-licence-summary = Headline, summary and link
press-licence-full = Whole text
press-terms = Terms
partner = Partner
partners = Partners
partners-text = Partners show headlines of ours, and we show theirs, under an agreement. They never stand among the news.
partners-empty = No agreement is in force.
partner-latest = What partners report
partner-given = Given
partner-taken = Taken
partner-headlines = { $n ->
    [one] { $shown } headline
   *[other] { $shown } headlines
}
partner-topics = About
partner-languages = Languages
partner-all = all
partner-per-day = At most a day
partner-embargo = First theirs alone
partner-since = Since
partner-until = Until
minutes = { $n ->
    [one] { $shown } minute
   *[other] { $shown } minutes
}
language-ar = Arabic
language-de = German
language-en = English
language-es = Spanish
language-fr = French
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-pt = Portuguese
language-ru = Russian
language-tr = Turkish
language-uk = Ukrainian
language-zh = Chinese
